// AuctionTypes

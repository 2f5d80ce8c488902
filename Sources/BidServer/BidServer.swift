// BidServer

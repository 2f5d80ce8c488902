// BidEngine

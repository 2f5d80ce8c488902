// CampaignCatalog

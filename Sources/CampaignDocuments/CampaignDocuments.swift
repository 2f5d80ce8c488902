// CampaignDocuments

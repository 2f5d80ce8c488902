// AudienceIngest

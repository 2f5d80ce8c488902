// AudienceIndex

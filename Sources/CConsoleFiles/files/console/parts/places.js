/// Addresses of the pages, as hashes.
const part = encodeURIComponent;

export const places = {
  overview: (advertiser) => `#/advertisers/${part(advertiser)}`,
  campaign: (advertiser, id) => `#/advertisers/${part(advertiser)}/campaigns/${part(id)}`,
  lineItem: (advertiser, id) => `#/advertisers/${part(advertiser)}/line-items/${part(id)}`,
  history: (advertiser, kind, id) => `#/advertisers/${part(advertiser)}`
    + (kind ? `/${kind}/${part(id)}` : "") + "/history",
  documents: (advertiser) => `#/advertisers/${part(advertiser)}/documents`,
  report: (advertiser) => `#/advertisers/${part(advertiser)}/report`,
  uploads: () => "#/uploads",
  upload: (id) => `#/uploads/${part(id)}`,
  segments: () => "#/segments",
  keys: () => "#/keys",
};

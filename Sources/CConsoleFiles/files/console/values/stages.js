/// What each stage of the decision asks, in the words of those who run campaigns.
const words = {
  privacy: "privacy signals forbid it",
  format: "no banner asked for",
  secure: "https wanted, none configured",
  currency: "currency without a rate",
  inactive: "paused, or out of flight",
  seat: "seat not allowed",
  exchange: "another exchange",
  inventory: "another kind of inventory",
  domain: "site not targeted",
  app: "app not targeted",
  geo: "place not targeted",
  device_type: "device not targeted",
  os: "operating system not targeted",
  language: "language not targeted",
  category: "category not targeted",
  daypart: "outside the hours",
  blocked_advertiser: "publisher blocks the advertiser",
  blocked_category: "publisher blocks the category",
  identity: "no usable user id",
  audience: "user not in the audience",
  user_percent: "user outside the share",
  position: "ad position not targeted",
  deal: "no matching deal",
  size: "no creative of that size",
  price: "price rounds to nothing",
  floor: "bid below the floor",
  blocked_app: "publisher blocks the app",
  blocked_attribute: "publisher blocks the creative's attributes",
  insecure_markup: "creative loads over http",
  frequency_cap: "user has seen it often enough",
  budget: "budget spent or not granted yet",
  pacing: "ahead of its pace",
  outbid: "another line item bids more",
};

/// The words of a stage; its own name where it is a new one.
export function stageWords(stage) {
  return words[stage] ?? stage.replaceAll("_", " ");
}

# Writes the advertiser document of the benchmarks: `count` line items, a hundred to an advertiser,
# of which a known number matches Benchmarks/bodies/banner.json.
#
#   awk -v count=10000 -f catalog.awk
#
# Each exchange has 100 that match (a tenth where there are fewer than 1,000). On `open` they bid,
# four fifths of them without knowing the user; on `strict` they match but for their audience, in
# which nobody is. Every other line item is refused in one dimension, and the dimensions take turns,
# so that no single column does all the work. The same number gives the same document.

# The segments of `nod audience synth` are numbered from 1 by how many users they have, to 2000.
function segment(number) { return "\"aam:" number "\"" }
function empty_segment(number) { return segment(900000 + number) }

function include(dimension, values) { return dimension ": {include: [" values "]}" }
function exclude(dimension, values) { return dimension ": {exclude: [" values "]}" }
function country(code) { return "{country: " code "}" }

# What the request satisfies; on `strict` all but the audience.
function accepting(number, exchange,    words) {
  words = include("exchanges", exchange)
  words = words ", " include("geo", country("USA") ", " country("CAN") ", " country("FRA"))
  if (number % 2 == 0) words = words ", " include("device_types", "2, 4, 5")
  if (number % 3 == 0) words = words ", " include("os", "Android, iOS")
  words = words ", " exclude("categories", "IAB25, IAB26")
  words = words ", " exclude("domains", "tabloid-" number ".example")
  if (exchange == "strict")
    return words ", audience: {all: [{any: [" segment(1 + number % 20) ", " \
      segment(21 + number % 50) "]}, {any: [" empty_segment(number) ", " \
      empty_segment(number + 1) "]}]}"
  if (number % 5 == 4)
    return words ", audience: {any: [" segment(1 + number % 20) ", " segment(2 + number % 20) "]}"
  if (number % 5 == 3) return words ", audience: {none: [" empty_segment(number) "]}"
  return words
}

# What the request does not satisfy, in one dimension; `size` is what the creative's size refuses.
function refusing(number, way,    turn, words) {
  turn = int(number / 10)
  words = turn % 3 == 0 && way != 0 ? include("geo", country("USA") ", " country("MEX")) ", " : ""
  if (way == 0) return include("geo", country(countries[1 + turn % country_count]))
  if (way == 1) return words include("device_types", 1 + 2 * (turn % 2))
  if (way == 2) return words include("os", "Windows, macOS")
  if (way == 3) return words include("domains", "site-" turn % 500 ".example")
  if (way == 4) return words include("categories", "IAB9-" 1 + turn % 30)
  if (way == 5) return words include("languages", languages[1 + turn % 3])
  if (way == 6)
    return words include("exchanges", "open") ", audience: {all: [" \
      segment(1001 + turn % 990) ", " empty_segment(turn % 990) "]}"
  if (way == 7) return words include("apps", "app.example.n" turn % 300)
  if (way == 8) return words include("inventory", "app, dooh")
  size = 1
  return words include("exchanges", "open")
}

function line_item(number,    step, place, targeting) {
  step = int(count / matching)
  if (step < 2) step = 2
  place = number % step
  size = 0
  if (place < 2 && int(number / step) < matching)
    targeting = accepting(int(number / step), place == 0 ? "open" : "strict")
  else
    targeting = refusing(number, (number + int(number / step)) % 10)
  printf "          - id: line-item-%d\n            pacing: asap\n", number
  # A prime spreads the prices.
  printf "            bid: {model: cpm, amount_micros: %d}\n", 1000000 + number * 7919 % 4001 * 1000
  printf "            creatives: [%s]\n", size ? "728x90" : "300x250, 336x280"
  printf "            targeting: {%s}\n", targeting
}

function creative(advertiser, width, height) {
  printf "      - {id: %dx%d, format: banner, w: %d, h: %d, ", width, height, width, height
  printf "landing_url: 'https://advertiser-%d.example/offer',\n         ", advertiser
  printf "markup: '<a href=\"${CLICK_URL}\" target=\"_blank\"><img "
  printf "src=\"https://cdn.advertiser-%d.example/2026/autumn/%dx%d.png?a=${AUCTION_ID}\" ", \
    advertiser, width, height
  printf "width=\"%d\" height=\"%d\" ", width, height
  print "alt=\"Autumn offer: a third off everything\"></a>'}"
}

BEGIN {
  matching = count >= 1000 ? 100 : int(count / 10)
  if (matching < 1) matching = 1
  country_count = split("DEU FRA ESP ITA GBR NLD BEL POL SWE NOR DNK FIN PRT GRC CZE AUT CHE IRL " \
    "JPN KOR BRA ARG AUS IND", countries, " ")
  split("de fr es", languages, " ")
  print "advertisers:"
  for (first = 0; first < count; first += 100) {
    advertiser = first / 100
    printf "  - id: advertiser-%d\n    name: Advertiser %d\n", advertiser, advertiser
    printf "    domain: advertiser-%d.example\n    currency: USD\n", advertiser
    printf "    categories: [IAB%d-%d]\n    creatives:\n", 1 + advertiser % 6, 1 + advertiser % 3
    creative(advertiser, 300, 250)
    creative(advertiser, 336, 280)
    creative(advertiser, 728, 90)
    printf "    campaigns:\n      - id: advertiser-%d-autumn\n        timezone: UTC\n", advertiser
    print "        flight: {start: 2026-01-01T00:00:00Z, end: 2036-01-01T00:00:00Z}"
    print "        budget: {total_micros: 9000000000000}\n        line_items:"
    for (number = first; number < first + 100 && number < count; number++) line_item(number)
  }
}

# Writes an advertiser document: 100 advertisers with 10 campaigns of 10 line items each, 10,000 in
# all, of which a request of the corpus matches about one in a hundred.
#
#   awk -v segments=2000 -v prefix=synth: -f catalog.awk

function pick(list, count) { return list[1 + int(rand() * count)] }

function targeting(number,    words, first, second) {
  # Every line item asks for a segment or two; the ranks are spread, so that few are frequent.
  first = 1 + int(segments * rand() ^ 1.5)
  second = 1 + int(segments * rand() ^ 1.5)
  words = sprintf("audience: {any: [\"%s%d\", \"%s%d\"]}", prefix, first, prefix, second)
  if (number % 100 == 0) words = "user_percent: {from: 0, to: 100}"
  words = words sprintf(", geo: {include: [{country: %s}, {country: %s}]}", pick(countries, 5), "USA")
  if (number % 3 == 0) words = words ", device_types: {include: [2, 4, 5]}"
  if (number % 5 == 0) words = words ", os: {include: [iOS, Android]}"
  if (number % 7 == 0) words = words sprintf(", domains: {exclude: [blocked%d.example]}", number % 50)
  if (number % 11 == 0) words = words ", categories: {exclude: [IAB25, IAB26]}"
  return words
}

BEGIN {
  srand(7)
  split("FRA DEU GBR CAN JPN", countries, " ")
  split("300 728 320", widths, " ")
  split("250 90 50", heights, " ")
  print "advertisers:"
  for (a = 1; a <= 100; a++) {
    printf "  - id: a%d\n    name: Advertiser %d\n    domain: a%d.example\n    currency: USD\n", a, a, a
    print "    categories: [IAB18]\n    creatives:"
    for (s = 1; s <= 3; s++)
      printf "      - {id: c%d, format: banner, w: %d, h: %d, landing_url: 'https://a%d.example/',\n         markup: '<a href=\"${CLICK_URL}\"><img src=\"https://cdn.a%d.example/%d.png\"></a>'}\n", s, widths[s], heights[s], a, a, s
    print "    campaigns:"
    for (c = 1; c <= 10; c++) {
      printf "      - id: a%d-k%d\n", a, c
      print "        flight: {start: 2026-01-01T00:00:00Z, end: 2036-01-01T00:00:00Z}"
      print "        budget: {total_micros: 900000000000}\n        timezone: America/New_York\n        line_items:"
      for (l = 1; l <= 10; l++) {
        number++
        printf "          - id: a%d-k%d-l%d\n", a, c, l
        printf "            bid: {model: cpm, amount_micros: %d}\n", 500000 + int(rand() * 4500000)
        print "            pacing: asap\n            creatives: [c1, c2, c3]"
        printf "            targeting: {%s}\n", targeting(number)
      }
    }
  }
}

// Hungarian words of what customers brought in their first year against what they cost.

export default {
  "clv_cac.column.cost": "Egy ügyfél költsége",
  "clv_cac.column.high": "eddig (95%)",
  "clv_cac.column.low": "ettől (95%)",
  "clv_cac.column.n": "Egyévesek",
  "clv_cac.column.payback": "Megtérülés",
  "clv_cac.column.profit": "Első évi nyereség",
  "clv_cac.column.ratio": "Nyereség : költség",
  "clv_cac.column.won": "Új ügyfelek",
  "clv_cac.finding.profit": "{one, select, yes {Ügyfelenként {profit} bruttó nyereség az első évben: {best}} other {Az első évben a legtöbbet hozó ügyfelek: {best}, fejenként {profit} bruttó nyereség; a legkevesebbet hozók: {worst}, {least}}}",
  "clv_cac.finding.ratio": "Költségéhez képest a legtöbbet hozza: {best}, az első évben ügyfelenként {profit} nyereség {cost} költségre, {ratio} : 1{whole, select, yes {; az összes ügyfél együtt {all} : 1} other {}}",
  "clv_cac.finding.small": "Egyik csoportban sincs elég egyéves ügyfél az összehasonlításhoz (bontás: {dimension})",
  "clv_cac.key.cost": "egy ügyfél megszerzésének költsége",
  "clv_cac.key.interval": "a nyereség 95%-os intervalluma",
  "clv_cac.key.profit": "egy ügyfél első évi bruttó nyeresége",
  "clv_cac.months": "{known, select, yes {{months} hó} other {–}}",
  "clv_cac.never": "soha",
  "clv_cac.note.no_cost": "az ügyfélszerzés költsége nem ismert, ezért az érték magában áll",
  "clv_cac.note.small": "{least} ügyfél alatt szürke, és a sor végén áll",
  "clv_cac.note.unnamed": "a költség {share} részénél nincs megadva: {dimension}, így egyik arányban sincs benne; vele együtt az összes aránya {ratio}",
  "clv_cac.note.unsplit": "a költség e bontásban nem ismert ({dimension}): az érték magában áll",
  "clv_cac.note.year": "{split, select, yes {az első {days} nap nyeresége ugyanazon időszak költségével szemben, nem élettartamérték; a megtérülés úgy, mintha a nyereség egyenletesen jönne} other {az első {days} nap nyeresége, nem élettartamérték}}",
  "clv_cac.said": "{ratio} : 1 · {months}",
  "clv_cac.subtitle": "Egy ügyfél első évi nyeresége{split, select, yes { és költsége} other {}}{unit, select, none {} other { ({unit})}}, bontás: {dimension}; az első vásárlás időszaka: {period}, legalább {days} napos ügyfelek; {as_of} napján",
  "clv_cac.tip.cost": "költség {cost}: {ratio} : 1, megtérülés {months}",
  "clv_cac.tip.profit": "nyereség {profit} (95%-os intervallum: {low} – {high}), n = {n}"
} as const;

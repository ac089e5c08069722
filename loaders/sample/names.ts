// Words that people and companies of the sample are put together from. Common names of several nations; the
// combinations are drawn, and nobody and nothing real is meant.

import type {Random} from "./random.js";

const firstNames = [
  "Anna", "Béla", "Clara", "Dávid", "Eszter", "Felix", "Greta", "Henrik", "Ilona", "Jonas", "Katarzyna", "László",
  "Marta", "Nils", "Olga", "Piotr", "Réka", "Sven", "Tamás", "Ursula", "Viktor", "Wiebke", "Zsófia", "Åsa", "Amélie",
  "Bruno", "Chloé", "Daan", "Emma", "François", "Gijs", "Hannah", "Ivana", "Jürgen", "Kaisa", "Lena", "Mikkel",
  "Noor", "Oskar", "Petra", "Quentin", "Rosa", "Stefan", "Thijs", "Ulrike", "Vera", "Willem", "Yusuf", "Zuzana",
  "Aiko", "Chidi", "Fatima", "Grace", "Imran", "Kwame", "Mei", "Priya", "Rafael", "Seán", "Tuuli"
] as const;

const lastNames = [
  "Andersson", "Bakker", "Czerny", "Dubois", "Eriksen", "Fischer", "Gál", "Horváth", "Ivanova", "Jansen", "Kowalska",
  "Lindqvist", "Müller", "Nagy", "O'Brien", "Petersen", "Quist", "Rossi", "Szabó", "Tóth", "Ulrich", "Varga", "Weber",
  "Young", "Zeman", "Ahmed", "Bianchi", "Carlsen", "Dvořák", "Evans", "Fekete", "Garnier", "Hansen", "Iversen",
  "Johansson", "Kiss", "Laurent", "Molnár", "Novák", "Okafor", "Papp", "Richter", "Schneider", "Tanaka", "Ungaro",
  "van Dijk", "Wójcik", "Yılmaz", "Zimmermann", "Balogh", "Costa", "Díaz", "Farkas", "Gruber", "Haas", "Jokinen",
  "Korhonen", "Lehmann", "Meyer", "Nowak", "Orbán", "Patel", "Rácz", "Simon", "Takács", "Urban", "Vogel", "Wagner"
] as const;

const companyHeads = [
  "Alder", "Amber", "Argent", "Bluewater", "Briar", "Cedar", "Cinder", "Copper", "Dovetail", "Ember", "Fern", "Flint",
  "Foxglove", "Granite", "Hazel", "Heron", "Ironwood", "Juniper", "Kestrel", "Lantern", "Linden", "Marlow", "Meadow",
  "Northgate", "Oakfield", "Osprey", "Pebble", "Quarry", "Quill", "Redstart", "Ridge", "Saltmarsh", "Silverbirch",
  "Starling", "Summit", "Tamarind", "Thistle", "Umber", "Vale", "Westwind", "Willow", "Wren", "Yarrow", "Zephyr"
] as const;

const companyTails = [
  "Works", "Foods", "Logistics", "Waterworks", "Brewing", "Pharma", "Plastics", "Metals", "Paper", "Energy", "Dairy",
  "Marine", "Chemicals", "Packaging", "Textiles", "Glass", "Robotics", "Utilities", "Mills", "Cold Chain", "Ceramics",
  "Labs", "Automation", "Growers"
] as const;

const legalForms: Readonly<Record<string, readonly string[]>> = {
  DACH: ["GmbH", "AG", "KG"],
  CEE: ["Kft.", "Zrt.", "s.r.o.", "Sp. z o.o."],
  Nordics: ["AB", "A/S", "Oy"],
  West: ["Ltd", "B.V.", "SARL", "Inc."]
};

export interface PersonName {
  readonly first: string;
  readonly last: string;
}

export function personName(random: Random): PersonName {
  return {first: random.pick(firstNames), last: random.pick(lastNames)};
}

/** Up to `count` people, no two with the same name. */
export function distinctPeople(count: number, random: Random): PersonName[] {
  const people = new Map<string, PersonName>();
  while (people.size < count) {
    const name = personName(random);
    people.set(`${name.first} ${name.last}`, name);
  }
  return [...people.values()];
}

/** A made-up company; about one in eighty has quotes, a comma and angle brackets in its name. */
export function companyName(region: string, random: Random): string {
  const head = random.pick(companyHeads);
  const second = random.chance(0.35) ? ` ${random.pick(companyHeads)}` : "";
  const tail = random.pick(companyTails);
  const form = random.pick(legalForms[region]!);
  return random.chance(0.012) ? `${head} & "Sons" <${tail}>, ${form}` : `${head}${second} ${tail} ${form}`;
}

/** An address under the reserved domain .example, without accents. */
export function emailOf({first, last}: PersonName, company: string): string {
  return `${plain(first)}.${plain(last)}@${plain(company).slice(0, 24)}.example`;
}

function plain(text: string): string {
  const ascii = text.replaceAll("ı", "i").normalize("NFD").replace(/[^A-Za-z0-9]/g, "");
  return ascii.toLowerCase();
}

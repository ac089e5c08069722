// Hungarian words of the metrics in src/metrics/contacts.ts.

export default {
  "metric.contacts_idle.definition": "Kapcsolattartók, akikkel az időszak végén 90 napja senki nem csinált semmit.",
  "metric.contacts_idle.edges": "Elhanyagolt az, akivel az utolsó tevékenység, annak híján a létrehozása óta 90 nap eltelt. Akinek egyetlen napja sincs, csak az adatok napján számít.",
  "metric.contacts_idle.label": "Elhanyagolt kapcsolattartók",
  "metric.contacts_new.definition": "Az időszakban létrehozott kapcsolattartók. Az összevontak egynek számítanak, a megmaradó szerint; a töröltek nem számítanak.",
  "metric.contacts_new.edges": "A létrehozási dátum nélküli kapcsolattartó egyik időszakban sem szerepel.",
  "metric.contacts_new.label": "Új kapcsolattartók",
  "metric.contacts_worked.definition": "Kapcsolattartók, akikkel az időszakban legalább egy tevékenység történt. Az összevont kapcsolattartóval végzett munka a megmaradónál számít.",
  "metric.contacts_worked.edges": "Mindenki egyszer számít egy időszakban, ezért a hónapok összege nem az év, a felelősöké nem az összes.",
  "metric.contacts_worked.label": "Megkeresett kapcsolattartók"
};

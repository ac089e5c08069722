// Hungarian words of the metrics in src/metrics/owners.ts.

export default {
  "metric.active_owners.definition": "Felelősök, akiknek volt legalább egy munkájuk az időszakban: elvégzett tevékenység, létrehozott, lezárt vagy másik szakaszba léptetett lehetőség.",
  "metric.active_owners.edges": "Egy felelős egyszer számít, akárhány napja van. Aki két csapatban vagy régióban dolgozott, mindkettőben számít, az összesenben egyszer.",
  "metric.active_owners.label": "Aktív felelősök",
  "metric.owners_active_ten_days.definition": "Felelősök, akiknek az időszak legalább 10 munkanapján volt munkájuk.",
  "metric.owners_active_ten_days.edges": "A munkanapok és ünnepnapok a beállítások szerintiek. A 10 munkanapnál rövidebb időszakban nincs ilyen felelős.",
  "metric.owners_active_ten_days.label": "Tíz napon aktív felelősök",
  "metric.won_value_per_owner.definition": "Az időszakban megnyert bevétel osztva azon felelősök számával, akiknek az időszak legalább 10 munkanapján volt munkájuk.",
  "metric.won_value_per_owner.denominator": "Felelősök, akiknek az időszak legalább 10 munkanapján volt munkájuk",
  "metric.won_value_per_owner.edges": "Ha nincs ilyen felelős, például 10 munkanapnál rövidebb időszakban, nincs érték.",
  "metric.won_value_per_owner.label": "Megnyert érték felelősönként",
  "metric.won_value_per_owner.numerator": "Az időszakban megnyert bevétel"
};

// Hungarian words of the Customer value page: segments by recency, frequency and value, and concentration.

export default {
  "customers.title": "Mennyit érnek az ügyfelek"
};

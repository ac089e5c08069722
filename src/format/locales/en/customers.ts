// English words of the Customer value page: segments by recency, frequency and value, and concentration.

export default {
  "customers.title": "What customers are worth"
};

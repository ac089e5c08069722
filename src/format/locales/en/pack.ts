export default {
  "pack.contents": "Contents",
  "pack.filters": "Filters",
  "pack.kind": "Board pack",
  "pack.no_filters": "none"
};

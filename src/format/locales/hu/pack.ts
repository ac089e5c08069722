export default {
  "pack.contents": "Tartalom",
  "pack.filters": "Szűrők",
  "pack.kind": "Vezetői összefoglaló",
  "pack.no_filters": "nincs"
};

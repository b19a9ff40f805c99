// Searches of the catalogue: by name, pinyin initials, English or code, the best first.
import { api } from './api'

export const findDrugs = async (q: string) =>
  (await api.get('/v1/catalogue/drugs', { query: { q, limit: 10 } })).drugs ?? []

export const findDiagnoses = async (q: string) =>
  (await api.get('/v1/catalogue/diagnoses', { query: { q, limit: 8 } })).diagnoses ?? []

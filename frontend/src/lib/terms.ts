// Frequencies and routes of the catalogue, read once.
import { reactive } from 'vue'
import { api, type Schema } from './api'

export type Term = Schema<'CatalogueTerm'>

export const terms = reactive({ frequencies: [] as Term[], routes: [] as Term[] })

export async function loadTerms(): Promise<void> {
  if (terms.frequencies.length) return
  const got = await api.get('/v1/catalogue/terms')
  terms.frequencies = got.frequencies ?? []
  terms.routes = got.routes ?? []
}

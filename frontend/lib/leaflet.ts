// What the tables know of a medicine's label, in sentences.
import type { Schema } from './api'
import { pick, t } from './i18n'
import { counted } from './terms'

export type Leaflet = Schema<'CatalogueLeaflet'>

export interface LeafletPoint {
  text: string
  source: string
}

/** What the tables say, what concerns the person before what concerns other medicines. */
export const pointsOf = (l: Leaflet): LeafletPoint[] => [
  ...(Number(l.maxDaily)
    ? [{ text: t('medicine.maxDaily', { dose: counted(l.maxDaily, l.doseUnit) }), source: l.source }]
    : []),
  ...(l.minAge ? [{ text: t('medicine.minAge', { age: l.minAge }), source: l.source }] : []),
  ...(l.pregnancy === 'none' ? [] : [{ text: t(`medicine.pregnancy.${l.pregnancy}`), source: l.source }]),
  ...[...(l.facts ?? [])]
    .sort((a, b) => Number(a.kind === 'drug-drug') - Number(b.kind === 'drug-drug'))
    .map((f) => ({ text: pick(f.zh, f.en), source: f.source })),
]

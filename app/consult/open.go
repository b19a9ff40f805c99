package consult

import "gorm.io/gorm"

// OpenOf are at most limit consultations of some patients that are not over, as a transaction sees.
func (s *Service) OpenOf(tx *gorm.DB, limit int, patients ...string) (ids []string, err error) {
	return ids, tx.Model(&consultationRow{}).Where("patient IN ? AND state IN ?", patients,
		[]State{Requested, Accepted, Active}).Order("id").Limit(limit).Pluck("id", &ids).Error
}

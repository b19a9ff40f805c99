package sqlstore

import "gorm.io/gorm"

// Absent returns, in their order, those of values that no row of q has in the column: how an audit
// asks for many keys at once.
func Absent(q *gorm.DB, column string, values []string) (absent []string, err error) {
	if len(values) == 0 {
		return nil, nil
	}
	var found []string
	if err := q.Where(column+" IN ?", values).Pluck(column, &found).Error; err != nil {
		return nil, err
	}
	known := make(map[string]bool, len(found))
	for _, v := range found {
		known[v] = true
	}
	for _, v := range values {
		if !known[v] {
			absent = append(absent, v)
		}
	}
	return absent, nil
}

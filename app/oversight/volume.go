package oversight

import (
	"fmt"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/platform/china"
)

const (
	hourMillis = int64(time.Hour / time.Millisecond)
	dayMillis  = 24 * hourMillis
)

// Count counts an act of somebody, a person or an organisation, and compares the hour's and the
// day's number with their own past.
func (c *Case) Count(what, who string, hourly, daily Rule) error {
	s, tx, at := c.s, c.tx, millis(c.Time)
	if _, err := insertOnce(tx, &actRow{Record: c.ID, What: what, Who: who, At: at}); err != nil {
		return err
	}
	shift := china.Ahead.Milliseconds() // a day is a day in China, where the rules are from
	day := (at+shift)/dayMillis*dayMillis - shift
	hour := at / hourMillis * hourMillis
	past := day - int64(s.cfg.Limits.PastDays)*dayMillis
	if err := tx.Where("what = ? AND who = ? AND at < ?", what, who, past).Delete(&actRow{}).Error; err != nil {
		return err
	}
	l := s.cfg.Limits
	var before struct{ N, Days, Hours int64 }
	q := "SELECT COUNT(*) n, COUNT(DISTINCT (at + ?) / ?) days, COUNT(DISTINCT at / ?) hours FROM oversight_acts WHERE what = ? AND who = ? AND at >= ? AND at < ?"
	if err := tx.Raw(q, shift, dayMillis, hourMillis, what, who, past, day).Scan(&before).Error; err != nil {
		return err
	}
	for _, w := range []struct {
		rule         Rule
		from, until  int64
		floor, limit int
		active       int64
	}{
		{hourly, hour, hour + hourMillis, l.HourFloor, l.HourCap, before.Hours},
		{daily, day, day + dayMillis, l.DayFloor, l.DayCap, before.Days},
	} {
		in := tx.Model(&actRow{}).Where("what = ? AND who = ? AND at >= ? AND at < ?", what, who, w.from, w.until).
			Session(&gorm.Session{})
		var n int64
		if err := in.Count(&n).Error; err != nil {
			return err
		}
		limit, compared := w.limit, "无历史数据时的上限 · a limit for who has no past"
		if before.Days >= int64(l.MinPast) {
			limit = max(w.floor, int(int64(l.Factor)*before.N/w.active))
			compared = fmt.Sprintf("自身 %[2]d 天均值的 %[1]d 倍 · %[1]d times the own mean of %[2]d days", l.Factor,
				before.Days)
		}
		if n <= int64(limit) {
			continue
		}
		var ids []string
		if err := in.Order("at, record").Limit(maxRecords).Pluck("record", &ids).Error; err != nil {
			return err
		}
		f := finding{subject: who + "@" + time.UnixMilli(w.from).UTC().Format("20060102T15"), of: c,
			detail: fmt.Sprintf("%d > %d: %s", n, limit, compared), records: ids}
		if err := s.find(tx, w.rule, f); err != nil {
			return err
		}
	}
	return nil
}

package notice

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/app/wake"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Reader is who reads, as it stands at this moment.
type Reader struct {
	Account string
	Person  string
	Wards   []string // whom it acts for now
	Barred  bool     // a practitioner out of office: nothing clinical
}

// Notice is one line of an account's stream and inbox.
type Notice struct {
	ID      int64     `json:"id" doc:"Grows within the account" example:"17"`
	Kind    Kind      `json:"kind" doc:"Topic, dot, what became of the subject" example:"visit.requested"`
	Subject string    `json:"subject" doc:"Id of what it happened to: a visit, a prescription, a settlement, an account, a person" example:"CN20261122012345678947"`
	About   string    `json:"about,omitempty" doc:"Person id of the patient it concerns" example:"u7k2mq4xw5zt3yb6nc2da"`
	Quiet   bool      `json:"quiet,omitempty" doc:"The reader did it itself, or it only moves a list: it is in no inbox"`
	Read    bool      `json:"read,omitempty" doc:"It has been read, or something newer about the subject was told"`
	At      time.Time `json:"at"`
}

// Page is a part of a stream.
type Page struct {
	Notices []Notice         `json:"notices" doc:"Above since, in order"`
	Last    int64            `json:"last" doc:"What the next request gives as since" example:"17"`
	Unread  map[string]int64 `json:"unread" doc:"Unread notices by topic: visit, rx, pay, key, family, relative, sign, account, office" example:"{\"visit\":2}"`
	Reset   bool             `json:"reset,omitempty" doc:"The server does not know since: read everything anew"`

	more bool
}

// More tells whether the page was cut.
func (p *Page) More() bool { return p.more }

// visible narrows a query to what the reader may be told of now: a guardian's rights end.
func visible(tx *gorm.DB, r Reader) *gorm.DB {
	about := append([]string{"", r.Person}, r.Wards...)
	q := tx.Model(&noticeRow{}).Where("account = ? AND about IN ?", r.Account, about)
	if r.Barred {
		for _, k := range Kinds {
			if k.clinical() {
				q = q.Where("kind <> ?", string(k))
			}
		}
	}
	return q
}

// Since returns what an account was told above a number, at most MaxPage, without waiting. A since
// below 0 means from now on.
func (s *Service) Since(ctx context.Context, r Reader, since int64) (*Page, error) {
	tx := s.db.WithContext(ctx)
	var head headRow
	if err := tx.Where("account = ?", r.Account).Limit(1).Find(&head).Error; err != nil {
		return nil, err
	}
	p := &Page{Notices: []Notice{}, Last: since}
	// Behind the oldest that is kept of an account, something may be gone that was never read.
	lost := since > head.Last || since < head.Last-KeepMax
	if since < 0 || lost {
		p.Last, p.Reset = head.Last, since >= 0
	} else {
		list, err := read(tx, visible(tx, r).Where("seq > ?", since).Order("seq").Limit(MaxPage))
		if err != nil {
			return nil, err
		}
		p.Notices, p.more = list, len(list) == MaxPage
		// Rows that this reader may not see are passed over. What was delivered after the head was
		// read comes with the next page.
		if p.Last = max(since, head.Last); len(list) > 0 && (p.more || list[len(list)-1].ID > p.Last) {
			p.Last = list[len(list)-1].ID
		}
	}
	var err error
	p.Unread, err = unread(tx, r)
	return p, err
}

func read(tx, q *gorm.DB) ([]Notice, error) {
	found, err := sqlstore.Rows[noticeRow](q)
	if err != nil {
		return nil, err
	}
	rows := sqlstore.Fit(tx, noticeRow{}.TableName(), found, func(r noticeRow) string { return r.Account })
	list := make([]Notice, len(rows))
	for i, n := range rows {
		list[i] = Notice{
			ID: n.Seq, Kind: Kind(n.Kind), Subject: n.Subject, About: n.About, Quiet: n.Quiet, Read: n.ReadAt != 0,
			At: time.UnixMilli(n.At).UTC(),
		}
	}
	return list, nil
}

func unread(tx *gorm.DB, r Reader) (map[string]int64, error) {
	var rows []struct {
		Kind string
		N    int64
	}
	q := visible(tx, r).Where("read_at = 0").Select("kind, COUNT(*) AS n").Group("kind")
	if err := q.Scan(&rows).Error; err != nil {
		return nil, err
	}
	out := map[string]int64{}
	for _, x := range rows {
		out[Kind(x.Kind).Topic()] += x.N
	}
	return out, nil
}

// Watch wakes a reader whenever there may be something new of its account; the reader asks Since
// what.
func (s *Service) Watch(account string) *wake.Watch { return s.hub.Watch(account) }

// Inbox is what an account was told aloud, newest first, below a number (0: from the newest), at
// most limit.
func (s *Service) Inbox(ctx context.Context, r Reader, before int64, limit int) ([]Notice, error) {
	tx := s.db.WithContext(ctx)
	q := visible(tx, r).Where("NOT quiet").Order("seq DESC").Limit(min(max(limit, 1), MaxPage))
	if before > 0 {
		q = q.Where("seq < ?", before)
	}
	return read(tx, q)
}

// MarkRead marks as read, of what the reader may be told of now: everything up to a number, or all
// of one subject. What is kept from it, while it is out of office perhaps, stays unread.
func (s *Service) MarkRead(ctx context.Context, r Reader, upTo int64, subject string) error {
	var moved int64
	err := s.db.TxCommitted(ctx, func(tx *gorm.DB) error {
		which := visible(tx, r).Where("read_at = 0 AND (seq <= ? OR subject = ?)", upTo, subject)
		res := which.Update("read_at", s.now().UnixMilli())
		moved = res.RowsAffected
		return res.Error
	})
	if err == nil && moved > 0 {
		s.hub.Wake(r.Account, 0)
	}
	return err
}

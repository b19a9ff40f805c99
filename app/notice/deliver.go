package notice

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

type noticeRow struct {
	Account string `gorm:"primaryKey"`
	Seq     int64  `gorm:"primaryKey;autoIncrement:false"`
	Kind    string
	Subject string
	About   string
	Quiet   bool
	At      int64
	ReadAt  int64
}

func (noticeRow) TableName() string { return "notices" }

type headRow struct {
	Account string `gorm:"primaryKey"`
	Last    int64
}

func (headRow) TableName() string { return "notice_heads" }

// Run delivers until ctx ends.
func (s *Service) Run(ctx context.Context) error {
	go s.hub.Run(ctx)
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for ctx.Err() == nil {
		more, err := s.Deliver(ctx)
		switch {
		case err != nil && ctx.Err() == nil:
			s.log.Warn("notices: a delivery failed, it will be tried again", "error", err.Error())
			select {
			case <-ctx.Done():
			case <-time.After(retry):
			}
			continue
		case more:
			continue
		}
		select {
		case <-ctx.Done():
		case <-s.kick:
		case <-look.C:
		}
	}
	return nil
}

// Deliver gives what was told and committed, at most a batch of it, to its receivers, in one
// transaction, and wakes them. more: there may be further events. Several instances may deliver at
// once: each event is delivered once.
//
// A receiver's number is given here and not by the command, because commands commit in another
// order than they take numbers in, and a reader that has seen 8 would never ask for a 7 that comes
// later. Here one delivery stands behind the other at the row of notice_turn, so numbers are
// committed in their order; and commands never wait for each other at a receiver's head.
func (s *Service) Deliver(ctx context.Context) (more bool, err error) {
	var posts []postRow
	if err := s.db.WithContext(ctx).Select("id").Limit(1).Find(&posts).Error; err != nil || len(posts) == 0 {
		return false, err
	}
	var woken map[string]int64
	err = s.db.TxCommitted(ctx, func(tx *gorm.DB) error {
		woken = map[string]int64{}
		more, err = s.deliver(tx, woken)
		return err
	})
	if err != nil {
		return false, err
	}
	for account, seq := range woken {
		s.hub.Wake(account, seq)
	}
	return more, nil
}

func (s *Service) deliver(tx *gorm.DB, woken map[string]int64) (more bool, err error) {
	if err := tx.Exec("UPDATE notice_turn SET n = n + 1 WHERE id = 1").Error; err != nil {
		return false, err
	}
	posts, err := sqlstore.Page(tx, postRow{}.TableName(), batch, func(r postRow) string { return r.ID },
		func(behind *postRow, n int) *gorm.DB {
			q := tx.Order("id").Limit(n)
			if behind != nil {
				q = q.Where("id > ?", behind.ID)
			}
			return q
		})
	if err != nil {
		return false, err
	}
	ids := make([]string, len(posts))
	for i, p := range posts {
		ids[i] = p.ID
		receivers, err := s.receivers(tx, p)
		if err != nil {
			return false, err
		}
		for _, account := range slices.Sorted(maps.Keys(receivers)) {
			if woken[account], err = give(tx, p, account, receivers[account]); err != nil {
				return false, err
			}
		}
	}
	if len(ids) == 0 {
		return false, nil
	}
	return len(posts) == batch, tx.Where("id IN ?", ids).Delete(&postRow{}).Error
}

// receiver is how an account is told.
type receiver struct {
	quiet  bool
	family bool // on the patient's side: it may know whom it concerns
}

// receivers are the accounts a post is for. An audience that cannot be found, because a row about
// it cannot be read, is skipped: it keeps nobody else from being told.
func (s *Service) receivers(tx *gorm.DB, p postRow) (map[string]receiver, error) {
	out := map[string]receiver{}
	for _, word := range strings.Fields(p.Audience) {
		word, quiet := strings.CutSuffix(word, quietly)
		audience, err := url.QueryUnescape(word)
		if err != nil {
			sqlstore.Skip(tx, postRow{}.TableName(), p.ID, err)
			continue
		}
		list, err := s.accountsOf(tx, p, Audience(audience))
		if err != nil {
			return nil, err
		}
		for _, account := range list {
			was, there := out[account]
			out[account] = receiver{
				quiet:  quiet && (was.quiet || !there),
				family: was.family || strings.HasPrefix(audience, "family:"),
			}
		}
	}
	if p.Author == "" {
		return out, nil
	}
	authors, err := s.accountsOf(tx, p, Audience(p.Author))
	for _, account := range authors {
		if r, told := out[account]; told {
			r.quiet = true
			out[account] = r
		}
	}
	return out, err
}

// accountsOf are an audience's accounts; none when it cannot be read.
func (s *Service) accountsOf(tx *gorm.DB, p postRow, a Audience) ([]string, error) {
	list, err := s.people.AccountsOf(tx, a)
	if err != nil && !sqlstore.Passing(err) {
		sqlstore.Skip(tx, postRow{}.TableName(), p.ID, err)
		return nil, nil
	}
	return list, err
}

// give writes a notice under the receiver's next number. What it was told of the same subject
// before is settled by it.
func give(tx *gorm.DB, p postRow, account string, to receiver) (seq int64, err error) {
	const next = `INSERT INTO notice_heads (account, last) VALUES (?, 1)
		ON CONFLICT (account) DO UPDATE SET last = notice_heads.last + 1 RETURNING last`
	if err := tx.Raw(next, account).Scan(&seq).Error; err != nil {
		return 0, err
	}
	row := noticeRow{Account: account, Seq: seq, Kind: p.Kind, Subject: p.Subject, Quiet: to.quiet, At: p.At}
	if to.quiet {
		row.ReadAt = p.At
	}
	if to.family {
		row.About = p.About
	}
	earlier := tx.Model(&noticeRow{}).Where("account = ? AND subject = ? AND read_at = 0", account, p.Subject)
	if err := earlier.Update("read_at", p.At).Error; err != nil {
		return 0, err
	}
	if Kind(p.Kind).single() {
		same := tx.Where("account = ? AND subject = ? AND kind = ?", account, p.Subject, p.Kind)
		if err := same.Delete(&noticeRow{}).Error; err != nil {
			return 0, err
		}
	}
	if err := tx.Create(&row).Error; err != nil {
		return 0, err
	}
	if seq <= KeepMax { // numbers begin with 1
		return seq, nil
	}
	return seq, tx.Where("account = ? AND seq <= ?", account, seq-KeepMax).Delete(&noticeRow{}).Error
}

// Purge deletes what is older than KeepFor, what could not be delivered as well.
func (s *Service) Purge(ctx context.Context, now time.Time) error {
	return s.db.TxCommitted(ctx, func(tx *gorm.DB) error {
		until := now.Add(-KeepFor).UnixMilli()
		if err := tx.Where("at < ?", until).Delete(&postRow{}).Error; err != nil {
			return err
		}
		return tx.Where("at < ?", until).Delete(&noticeRow{}).Error
	})
}

// Forget deletes what an account was told, in the caller's transaction. Its numbers do not go back.
func Forget(tx *gorm.DB, account string) error {
	return tx.Where("account = ?", account).Delete(&noticeRow{}).Error
}

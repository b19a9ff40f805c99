package oversight

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/merkle"
)

// followRecords takes every record up to the newest sealed root, in order, and holds the root they
// give against the sealed one.
func (s *Service) followRecords(ctx context.Context) error {
	sealed, err := s.cfg.Node.SealedHeader(ctx, 0)
	if errors.Is(err, chain.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	place, err := loadPlace(s.cfg.DB.WithContext(ctx))
	if err != nil {
		return err
	}
	for place.Records < sealed.Header.LogSize {
		if err := ctx.Err(); err != nil {
			return err
		}
		batch, err := s.read(ctx, place.Records, min(sealed.Header.LogSize, place.Records+recordsATime))
		if err != nil {
			return err
		}
		err = s.cfg.DB.Tx(ctx, func(tx *gorm.DB) error {
			if place, err = loadPlace(tx); err != nil {
				return err
			}
			for _, c := range batch {
				if err := s.take(tx, &place, c); err != nil {
					return err
				}
			}
			if place.Records == sealed.Header.LogSize {
				if err := s.prove(tx, &place, sealed); err != nil {
					return err
				}
			}
			return place.save(tx)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) read(ctx context.Context, from, to uint64) ([]*Case, error) {
	var out []*Case
	for i := from; i < to; i++ {
		c, err := s.cfg.Node.At(ctx, i)
		if err != nil {
			return nil, err
		}
		if c.Index != i {
			return nil, fmt.Errorf("oversight: asked for record %d, got %d", i, c.Index)
		}
		seen, err := s.see(ctx, c)
		if err != nil {
			return nil, err
		}
		out = append(out, seen)
	}
	return out, nil
}

// see looks up what the rules need to know about a record, before the transaction.
func (s *Service) see(ctx context.Context, c chain.Committed) (seen *Case, err error) {
	st := c.Record.Statement
	seen = &Case{Committed: c, part: s.partOf(st.Subject)}
	if seen.Person, err = s.person(ctx, st); err != nil || !seen.part.asks(st.Kind) {
		return seen, err
	}
	seen.Earlier, err = s.earlier(ctx, st.Subject, func(r chain.Committed) bool { return r.Index < c.Index })
	return seen, err
}

// person is the opaque id of who signed, the same after he enrolled a new key; empty for an
// organisation's own seal.
func (s *Service) person(ctx context.Context, st chain.Statement) (string, error) {
	cert, err := s.cfg.Node.Subject(ctx, chain.SubjectCert+st.Actor)
	if errors.Is(err, chain.ErrNotFound) {
		return "", nil
	}
	return cert.Person, err
}

// take follows one record: its leaf, its place among its subject's, and the rules.
func (s *Service) take(tx *gorm.DB, place *Place, c *Case) error {
	place.grow(merkle.LeafHash(c.Record.Bytes()))
	st := c.Record.Statement
	var subject subjectRow
	err := tx.Where("subject = ?", st.Subject).Take(&subject).Error
	if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
		return err
	}
	if want := uint64(subject.Seq) + 1; st.Seq != want {
		if err := s.find(tx, ruleGap, finding{subject: st.Subject, of: c,
			detail: fmt.Sprintf("序号 %[1]d 接在 %[2]d 之后 · sequence %[1]d follows %[2]d", st.Seq,
				subject.Seq)}); err != nil {
			return err
		}
	}
	if err := s.judge(tx, c); err != nil {
		return err
	}
	subject.Subject, subject.Seq = st.Subject, int64(st.Seq)
	return tx.Save(&subject).Error
}

// prove compares the root over all that was seen with the one that the members sealed. Once they
// differ they always will: it is found once.
func (s *Service) prove(tx *gorm.DB, place *Place, sealed *chain.SealedHeader) error {
	root := place.root().String()
	if root != sealed.Header.LogRoot {
		return s.find(tx, ruleGap, finding{subject: "chain", at: sealed.Header.Time, height: sealed.Header.Height,
			detail: fmt.Sprintf(
				"所见 %[1]d 条存证得不出高度 %[2]d 的盖章根 · the %[1]d records seen do not give the root sealed at height %[2]d", place.Records, sealed.Header.Height)})
	}
	place.Proved, place.Root = sealed.Header.Height, root
	return nil
}

// followBlocks looks at the refused attempts of every block up to the newest.
func (s *Service) followBlocks(ctx context.Context) error {
	place, err := loadPlace(s.cfg.DB.WithContext(ctx))
	if err != nil {
		return err
	}
	for head := s.cfg.Node.Health(ctx).Height; place.Height < head; {
		if err := ctx.Err(); err != nil {
			return err
		}
		upTo, missed := place.Height, int64(0)
		var tried []Tried
		for end := min(head, place.Height+blocksATime); upTo < end && len(tried) < triesATime; {
			upTo++
			list, err := s.cfg.Node.Attempts(ctx, upTo)
			if errors.Is(err, chain.ErrNotFound) {
				missed++
				continue
			}
			if err != nil {
				return err
			}
			for _, a := range list {
				t, err := s.context(ctx, a)
				if err != nil {
					return err
				}
				tried = append(tried, t)
			}
		}
		err := s.cfg.DB.Tx(ctx, func(tx *gorm.DB) error {
			if place, err = loadPlace(tx); err != nil {
				return err
			}
			for _, t := range tried {
				if err := s.judgeAttempt(tx, t); err != nil {
					return err
				}
			}
			place.Height, place.Missed = upTo, place.Missed+missed
			return place.save(tx)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

package exports

import (
	"crypto/rand"
	"time"
)

// TicketTime is how long a ticket waits for its download to begin.
const TicketTime = 10 * time.Minute

// maxTickets bounds those that are out; beyond it the oldest goes.
const maxTickets = 100

// ticket lets a browser's own download in, which sends no session: a link. It is in memory alone,
// and stands for the session that asked for it as long as that lasts.
type ticket struct {
	export, session string
	made, ends      time.Time
	begun           bool
}

// Ticket makes one for an account's whole export: ErrNotFound, ErrNotReady. session is what Redeem
// gives back.
func (s *Service) Ticket(owner, id, session string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, err := s.own(owner, id)
	if err != nil {
		return "", err
	}
	if k.State != Ready {
		return "", ErrNotReady
	}
	if len(s.tickets) >= maxTickets {
		oldest := ""
		for word, t := range s.tickets {
			if oldest == "" || t.made.Before(s.tickets[oldest].made) {
				oldest = word
			}
		}
		delete(s.tickets, oldest)
	}
	now, word := s.cfg.Now(), rand.Text()+rand.Text()
	s.tickets[word] = &ticket{export: id, session: session, made: now, ends: now.Add(TicketTime)}
	return word, nil
}

// Redeem gives back whose session a ticket of an export stands for. It begins one download; from
// then on it only lets that one go on, from a byte behind the first, until the export ends.
// ErrTicket.
func (s *Service) Redeem(word, id string, from int64) (session string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forget()
	t, at := s.tickets[word], s.find(id)
	if t == nil || at < 0 || t.export != id || t.begun && from == 0 {
		return "", ErrTicket
	}
	t.begun, t.ends = true, s.kept[at].EndsAt
	return t.session, nil
}

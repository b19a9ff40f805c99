package httpapitest

import (
	"context"
	"sync"
	"testing"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore/sqlstoretest"
)

// OpenSessions can end while a test runs.
type OpenSessions struct {
	Mu   sync.Mutex
	By   map[string]accounts.Account
	away error // while the store does not answer
	seen int
	Sets int // questions about many at once

	Alone int // questions about one
}

// Standing implements web.Sessions.
func (s *OpenSessions) Standing(ctx context.Context, token string) (accounts.Account, error) {
	return s.Resolve(ctx, token)
}

// StandingAll implements web.Sessions.
func (s *OpenSessions) StandingAll(_ context.Context, tokens []string) (map[string]accounts.Account, error) {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	s.Sets++
	if s.seen += len(tokens); s.away != nil {
		return nil, s.away
	}
	out := map[string]accounts.Account{}
	for _, token := range tokens {
		if who, ok := s.By[token]; ok {
			out[token] = who
		}
	}
	return out, nil
}

// Resolve implements web.Sessions.
func (s *OpenSessions) Resolve(_ context.Context, token string) (accounts.Account, error) {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	s.seen++
	s.Alone++
	if s.away != nil {
		return accounts.Account{}, s.away
	}
	if a, ok := s.By[token]; ok {
		return a, nil
	}
	return accounts.Account{}, accounts.ErrUnauthenticated
}

// Begin begins a session, or has it go on under other rights.
func (s *OpenSessions) Begin(token string, who accounts.Account) {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	s.By[token] = who
}

// End ends a session.
func (s *OpenSessions) End(token string) { s.Mu.Lock(); defer s.Mu.Unlock(); delete(s.By, token) }

// Outage has every question fail with err from now on, and counts them anew.
func (s *OpenSessions) Outage(err error) { s.Mu.Lock(); defer s.Mu.Unlock(); s.away, s.seen = err, 0 }

// Asked is how many questions there were.
func (s *OpenSessions) Asked() int { s.Mu.Lock(); defer s.Mu.Unlock(); return s.seen }

// People are sessions of one patient and one doctor with a visit, and of three strangers to it, by
// their tokens.
var People = map[string]accounts.Account{
	"pat": {ID: "a-pat", Person: "u-pat", Role: accounts.Patient},
	"doc": {ID: "a-doc", Person: "u-doc", Role: accounts.Doctor},
	"str": {ID: "a-str", Person: "u-str", Role: accounts.Patient},
	"odd": {ID: "a-odd", Person: "u-odd", Role: accounts.Doctor},
	"reg": {ID: "a-reg", Person: "u-reg", Role: accounts.Regulator},
}

// Memory is a database of this test alone.
func Memory(t *testing.T) *sqlstore.DB {
	return sqlstoretest.Open(t, "sqlite:"+t.TempDir()+"/test.db")
}

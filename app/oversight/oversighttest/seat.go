// Package oversighttest is a regulator's seat for the tests of rules: a real chain of one
// validator, a hospital that gives the documents of its cabinet over HTTP, and a clock. With it a
// room tries its rules over a stream beside its other tests.
package oversighttest

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/app/disclosure"
	"github.com/smart-hospital/hospital/app/oversight"
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/chaintest"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/gm"
	"github.com/smart-hospital/hospital/chain/intent"
	"github.com/smart-hospital/hospital/chain/merkle"
	"github.com/smart-hospital/hospital/chain/platform/keystore"
	"github.com/smart-hospital/hospital/chain/platform/sqlstore"
)

// Cabinet is a hospital's documents, and who read them.
type Cabinet struct {
	mu    sync.Mutex
	files map[string]File // by record id
	read  []string
	shut  bool
}

// File is what a record commits to.
type File struct{ Document, Salt []byte }

// Put files the document of a record.
func (c *Cabinet) Put(record string, f File) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.files[record] = f
}

// File is the document of a record.
func (c *Cabinet) File(record string) File {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.files[record]
}

// Read tells who read what: "record by member", in order.
func (c *Cabinet) Read() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.read)
}

// Shut has the hospital answer nobody, until it opens again.
func (c *Cabinet) Shut(shut bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shut = shut
}

func (c *Cabinet) isShut() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.shut
}

func (c *Cabinet) disclose(_ context.Context, _, record, reader string) (document, salt []byte, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f, ok := c.files[record]
	if !ok {
		return nil, nil, disclosure.ErrNotHere
	}
	c.read = append(c.read, record+" by "+reader)
	return f.Document, f.Salt, nil
}

// Seat is the regulator's desk. Limits, Parts and Now may be changed before Begin.
type Seat struct {
	T       *testing.T
	Ward    *chaintest.Ward
	Node    *comet.Node
	Cabinet *Cabinet
	DB      *sqlstore.DB
	Desk    *disclosure.Desk
	Server  *httptest.Server
	Service *oversight.Service
	Limits  oversight.Limits
	Parts   []oversight.Part
	Now     time.Time

	box *keystore.Box
}

// Seal implements disclosure.Client's Seals.
func (s *Seat) Seal(org string) (intent.Seal, error) {
	seal := s.Ward.Orgs[org].Seal
	return intent.Seal{Org: org, Cert: seal.Cert, Signer: signer{seal}}, nil
}

type signer struct{ *chaintest.Person }

func (signer) KeyID() string                                        { return "seal" }
func (s signer) Sign(_ context.Context, msg []byte) ([]byte, error) { return s.Key.Sign(msg) }
func (s signer) Public() *gm.PublicKey                              { return s.Key.Public() }

// Open starts a ward's chain and the regulator over it, who runs the rules of parts, and enrols the
// ward's people.
func Open(t *testing.T, ward *chaintest.Ward, parts ...oversight.Part) *Seat {
	t.Helper()
	s := &Seat{T: t, Ward: ward, Cabinet: &Cabinet{files: map[string]File{}}, Now: time.Now(),
		Limits: oversight.DefaultLimits, Parts: parts}
	dir := t.TempDir()
	s.Ward.Members = chaintest.Must(home.InitGenesis(dir, s.Ward.Members, "h1", s.Ward.Start))
	s.Node = chaintest.Must(comet.Start(t.Context(),
		comet.Config{Dir: dir, Sealer: s.Ward.Orgs["h1"].Seal, Member: "h1", Logger: slog.New(slog.DiscardHandler),
			KeepResults: true}))
	t.Cleanup(func() { _ = s.Node.Stop() })
	s.box = keystore.NewBox(make([]byte, keystore.BoxKeySize))
	s.DB = chaintest.Must(sqlstore.Open(t.Context(), "sqlite:"+t.TempDir()+"/oversight.db", sqlstore.WithBox(s.box)))
	t.Cleanup(func() { _ = s.DB.Close() })
	s.Desk = &disclosure.Desk{Hospital: "h1", Node: s.Node, DB: s.DB, Now: time.Now}
	for _, p := range parts {
		s.Desk.Parts = append(s.Desk.Parts, disclosure.Part{Subjects: p.Subjects,
			To: []chain.OrgRole{chain.OrgRegulator}, Open: s.Cabinet.disclose})
	}
	s.Server = httptest.NewServer(http.HandlerFunc(s.disclose))
	t.Cleanup(s.Server.Close)
	s.Begin()
	s.Take(s.Ward.Enrolments()...)
	return s
}

func (s *Seat) disclose(w http.ResponseWriter, r *http.Request) {
	var q disclosure.Request
	if s.Cabinet.isShut() || json.NewDecoder(r.Body).Decode(&q) != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	a, err := s.Desk.Answer(r.Context(), q)
	if err != nil {
		w.WriteHeader(http.StatusForbidden)
		return
	}
	_ = json.NewEncoder(w).Encode(a)
}

// Begin starts the service over the same database, as after a kill.
func (s *Seat) Begin() {
	s.T.Helper()
	s.Service = chaintest.Must(oversight.New(s.T.Context(), oversight.Config{
		DB: s.DB, Box: s.box, Node: s.Node, Hospitals: map[string]string{"h1": s.Server.URL}, Limits: s.Limits,
		Parts: s.Parts,
		Log:   slog.New(slog.DiscardHandler), Now: func() time.Time { return s.Now },
		Client: &disclosure.Client{Chain: s.Ward.Members.Chain, Regulator: "r1", Seals: s, HTTP: s.Server.Client(),
			Now: time.Now},
	}))
}

// Submit sends records and returns the verdict on each.
func (s *Seat) Submit(recs ...chain.Record) (codes []chain.Code) {
	s.T.Helper()
	for _, r := range recs {
		out, err := s.Node.Submit(s.T.Context(), []chain.Record{r})
		if err != nil {
			s.T.Fatal(err)
		}
		codes = append(codes, out[0].Code)
	}
	return codes
}

// Take is Submit for records that must be taken.
func (s *Seat) Take(recs ...chain.Record) {
	s.T.Helper()
	codes := s.Submit(recs...)
	for i, rec := range recs {
		if codes[i] != chain.CodeOK {
			s.T.Fatalf("%s: %s", rec.Statement.Kind, codes[i])
		}
	}
}

// File has a person sign a statement that commits to a document, which goes into the cabinet, and
// submits it.
func (s *Seat) File(by *chaintest.Person, st chain.Statement, document any) chain.Record {
	s.T.Helper()
	text, salt := chaintest.Must(json.Marshal(document)), chaintest.Must(merkle.ParseHash(chaintest.Tag(st.Subject)))
	st.Digest = chain.Digest(salt[:], text)
	r := s.Ward.Sign(by, st)
	s.Cabinet.Put(r.ID(), File{text, salt[:]})
	s.Take(r)
	return r
}

// Round works until the newest record is sealed and followed, and returns the ids of all findings,
// "rule:subject", sorted.
func (s *Seat) Round() []string {
	s.T.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if err := s.Service.Round(s.T.Context()); err != nil {
			s.T.Fatal(err)
		}
		st := chaintest.Must(s.Service.Status(s.T.Context()))
		h := s.Node.Health(s.T.Context())
		if st.Place.Records == h.Records && st.Place.Height == h.Height && st.Place.Proved > 0 {
			break
		}
		if time.Now().After(end) {
			s.T.Fatalf("%+v %+v", st, h)
		}
	}
	list, _, err := s.Service.Findings(s.T.Context(), oversight.FindingsQuery{Limit: 100})
	if err != nil {
		s.T.Fatal(err)
	}
	ids := make([]string, len(list))
	for i, f := range list {
		ids[i] = f.ID
	}
	slices.Sort(ids)
	return ids
}

// Expect has a Round find what is wanted and nothing else.
func (s *Seat) Expect(want ...string) {
	s.T.Helper()
	if got := s.Round(); !slices.Equal(got, want) {
		s.T.Errorf("found %q\nwant  %q", got, want)
	}
}

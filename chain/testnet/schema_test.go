package testnet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/comet/home"
	"github.com/smart-hospital/hospital/chain/consortium"
	"github.com/smart-hospital/hospital/chain/membership"
	"github.com/smart-hospital/hospital/chain/merkle"
)

const (
	nextVersion = chain.Newest + 1
	// heights from the vote to the newer schema; the load slows down rather than reach it before
	// all have moved
	headway     = 160
	exitOld     = 78          // of a program that is too old
	standstill  = time.Minute // what "without a stopped minute" means
	unknownNext = "is unknown to this program; start the newer one: version 3 from height %d on"
)

// upgrade is a consortium on its way to a newer record schema.
type upgrade struct {
	*network
	d     *ward
	to    int   // the newer schema
	from  int64 // height from which it is taken
	mu    sync.Mutex
	slow  bool // the load is not to reach that height yet
	later bool // clients write records of the newer schema as well
}

// TestSchemaUpgrade: under load, members agree on a newer record schema from a height on. Three
// voters' nodes get the newer program one after the other before it, and the chain goes on without
// a stopped minute; a voter and the regulator stay with the old one: theirs say so, stop before
// that height, vote for nothing from it on, refuse to start, and go on with the newer program.
// Records of the newer schema are refused before the height and taken from it on; those of the
// older one are taken all the time. All of it runs in a build of these tests that knows the newer
// schema.
func TestSchemaUpgrade(t *testing.T) {
	t.Parallel()
	if !chain.Knows(nextVersion) { // the audits and receipts at the end are for the newer program
		again(t, newerTests)
		return
	}
	m := Manifest{Name: "schema upgrade", Seed: newSeed(t),
		Load: Load{Clients: 4, Prescriptions: 12}}
	if err := m.complete(); err != nil {
		t.Fatal(err)
	}
	t.Logf("HOSPITAL_SEED=%d", m.Seed)
	for _, program := range []func() (string, error){newer, newest} { // before the clocks of the run
		if _, err := program(); err != nil {
			t.Fatal(err)
		}
	}
	u := &upgrade{network: newNetwork(t, m), to: nextVersion, slow: true}
	u.start()
	u.d = newWard(u.network)
	u.d.prescribe(0, m.Load.Prescriptions)
	watched := u.watch()
	u.agree()
	u.announced()

	stop := make(chan struct{})
	clients := u.load(stop)
	for _, id := range []string{"h1", "i1", "p1"} {
		u.replace(id)
	}
	h1, p2 := u.one("h1"), u.one("p2")
	if o := u.offer(p2, u.next("early-old")); o.Code != chain.CodeMalformed {
		t.Errorf("the old program says of a newer record: %s %s", o.Code, o.Detail)
	}
	first := u.boundary(h1)
	if first.Height < u.from {
		t.Errorf("a record of the newer schema stands at height %d, agreed was %d", first.Height, u.from)
	}
	for _, id := range []string{"p2", "r1"} {
		u.stopped(u.one(id))
	}
	u.set(func() { u.later = true })
	away := u.d.now()
	u.until("records are taken while the old nodes are away", func(context.Context) error {
		if u.d.ackedSince(away) < 20 {
			return errors.New("too few")
		}
		return nil
	})
	u.silentSince(u.from, h1)
	for _, id := range []string{"p2", "r1"} {
		u.replace(id)
	}
	close(stop)
	clients.Wait()
	if gap := u.d.longestGap(); gap >= standstill {
		t.Errorf("for %s no record was taken", gap)
	} else {
		t.Logf("longest time between two records that were taken: %s", gap.Round(time.Millisecond))
	}
	u.settle(u.d)
	u.history = u.chainHistory()
	u.verifiers(h1, first.ID)
	u.noAccusation()
	u.check(u.d, watched())
}

func (u *upgrade) set(change func()) {
	u.mu.Lock()
	defer u.mu.Unlock()
	change()
}

func (w *network) one(id string) *node { return w.named([]string{id})[0] }

// load runs clients at a pace at which the agreed height is not reached before everybody who shall
// has the newer program: a chain without records makes no blocks. Heights far enough ahead are gone
// through quickly.
func (u *upgrade) load(stop <-chan struct{}) *sync.WaitGroup {
	var g sync.WaitGroup
	for c := range u.m.Load.Clients {
		random := rand.New(rand.NewPCG(u.m.Seed, uint64(c)+2))
		g.Go(func() {
			for i := 0; ; i++ {
				slow, later := false, false
				u.set(func() { slow, later = u.slow, u.later })
				rest := pause
				if slow {
					rest = u.rest()
				}
				select {
				case <-stop:
					return
				case <-time.After(rest):
				}
				if later && i%2 == 0 {
					u.d.try(u.next(fmt.Sprintf("N%d-%d", c, i)), submitLimit, u.serving()...)
					continue
				}
				u.d.act(c, i, random)
			}
		})
	}
	return &g
}

// rest grows as the height comes nearer: a record costs two blocks, and a third of what a client
// does costs none.
func (u *upgrade) rest() time.Duration {
	ctx, cancel := context.WithTimeout(context.Background(), askLimit)
	defer cancel()
	for _, n := range u.serving() {
		if h, err := n.health(ctx); err == nil {
			switch left := u.from - h.Height; {
			case left < headway/8:
				return 8 * time.Second
			case left < headway/2:
				return 2 * time.Second
			}
			break
		}
	}
	return 300 * time.Millisecond
}

// next is a record of the newer schema.
func (u *upgrade) next(name string) chain.Record {
	r, err := u.d.doctor.recordOf(nextVersion, chain.KindIssue, chain.SubjectRx+name, 1, chain.Facts{
		Expires: time.Now().Add(72 * time.Hour).UnixMilli(), Parties: []string{"somebody"},
		Pickup: merkle.Hash{}.String(),
	})
	if err != nil {
		u.t.Error(err)
	}
	return r
}

// offer submits one record to one node until it has answered.
func (u *upgrade) offer(n *node, r chain.Record) (o chain.Outcome) {
	u.t.Helper()
	called := u.d.now()
	u.until(n.ID+" answers", func(ctx context.Context) error {
		out, err := n.submit(ctx, r)
		if err == nil {
			o = out[0]
		}
		return err
	})
	if o.Code == chain.CodeOK {
		u.d.acknowledge(r, called)
	}
	return o
}

// agree has the members vote: the insurer by the product's commands at its product's node, two
// others at their peers.
func (u *upgrade) agree() {
	u.t.Helper()
	var head chain.Health
	u.until("the head", func(ctx context.Context) (err error) { head, err = u.one("h1").health(ctx); return err })
	u.from = head.Height + headway
	file, i1 := filepath.Join(u.dir, "change.json"), u.one("i1").dir
	u.command(hospital, "consortium", "propose", "--dir", i1, "--schema", fmt.Sprint(u.to), "--at",
		fmt.Sprint(u.from), "--out", file, "--force")
	u.command(hospital, "consortium", "vote", "--dir", i1, "--force", file)
	text, err := os.ReadFile(file)
	if err != nil {
		u.t.Fatal(err)
	}
	change, err := membership.ParseChange([]byte(strings.TrimSpace(string(text))))
	if err != nil {
		u.t.Fatal(err)
	}
	for i, id := range []string{"h1", "p1"} {
		folder, err := consortium.OpenFolder(u.one(id).dir, "")
		if err != nil {
			u.t.Fatal(err)
		}
		vote, err := folder.Vote(context.Background(), u.members, id, change, uint64(i)+2, time.Now())
		if err != nil {
			u.t.Fatal(err)
		}
		if o := u.offer(u.one(id), vote); o.Code != chain.CodeOK {
			u.t.Fatalf("%s's vote: %s %s", id, o.Code, o.Detail)
		}
	}
}

func (w *network) command(program func() (string, error), args ...string) string {
	w.t.Helper()
	out, code := w.ran(program, args...)
	if code != 0 {
		w.t.Fatalf("%v: exit code %d\n%s", args, code, out)
	}
	return out
}

func (w *network) ran(program func() (string, error), args ...string) (out string, code int) {
	w.t.Helper()
	path, err := program()
	if err != nil {
		w.t.Fatal(err)
	}
	cmd := exec.Command(path, args...)
	cmd.Env = cleanEnv()
	text, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		w.t.Fatal(err)
	}
	return string(text), cmd.ProcessState.ExitCode()
}

// announced: every old node says in its log what will come, and shows it to who asks whether it is
// ready, which it is.
func (u *upgrade) announced() {
	u.t.Helper()
	want := fmt.Sprintf(unknownNext, u.from)
	for _, n := range u.nodes {
		u.until(n.ID+" says that it will be too old", func(ctx context.Context) error {
			said, err := n.newerSchema(ctx)
			if err != nil {
				return err
			}
			if log := n.log.String(); !strings.Contains(log,
				"ALARM: the members have agreed on a newer record schema") || !strings.Contains(said, want) {
				return fmt.Errorf("shown: %q; logged: %s", said, tail(log, 3))
			}
			return nil
		})
	}
	u.until("it is among the product's numbers", func(ctx context.Context) error {
		_, text, err := u.one("i1").page(ctx, "/metrics")
		if err == nil && !strings.Contains(text, "\nhospital_chain_outdated 1\n") {
			err = errors.New("hospital_chain_outdated is not 1")
		}
		return err
	})
}

// newerSchema is what a node tells of a schema that its program does not know.
func (n *node) newerSchema(ctx context.Context) (said string, err error) {
	if n.Node != product {
		return said, n.get(ctx, "http://"+n.control+"/newer-schema", &said)
	}
	status, text, err := n.page(ctx, "/readyz")
	if err != nil {
		return "", err
	}
	var parts map[string]string
	if err := json.Unmarshal([]byte(text), &parts); err != nil {
		return "", err
	}
	if status != http.StatusOK {
		return "", fmt.Errorf("%w: %s: /readyz: %d %s", errRefusedByNode, n.ID, status, text)
	}
	if said, ok := strings.CutPrefix(parts["chain"], "ok"); ok {
		return said, nil
	}
	return "", fmt.Errorf("%w: %s: %s", errRefusedByNode, n.ID, text)
}

// page of a product's explorer.
func (n *node) page(ctx context.Context, path string) (status int, text string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+n.settings.Explorer+path, nil)
	if err != nil {
		return 0, "", err
	}
	res, err := n.client.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return res.StatusCode, string(body), err
}

// replace starts the newer program on a node's folder; meanwhile the others take records.
func (u *upgrade) replace(id string) {
	u.t.Helper()
	n, began := u.one(id), u.d.now()
	if n.proc.alive() && !n.proc.stop() {
		u.t.Errorf("%s did not stop in order", id)
	}
	u.until("records are taken while "+id+" is down", func(context.Context) error {
		if u.d.ackedSince(began) == 0 {
			return errors.New("none")
		}
		return nil
	})
	n.upgraded = true
	u.start(n)
	u.until(id+" has caught up", func(ctx context.Context) error {
		there, err := u.one("h1").health(ctx)
		if err != nil {
			return err
		}
		here, err := n.health(ctx)
		if err == nil && (!here.Ready || here.Height+2 < there.Height) {
			err = fmt.Errorf("%+v", here)
		}
		return err
	})
	u.until(id+" finds nothing unknown any more", func(ctx context.Context) error {
		said, err := n.newerSchema(ctx)
		if err == nil && said != "" {
			err = errors.New(said)
		}
		return err
	})
	var head chain.Health
	u.until("the head", func(ctx context.Context) (err error) { head, err = n.health(ctx); return err })
	if n.serves() && head.Height < u.from-1 { // else it is back from having been too old
		if o := u.offer(n, u.next("early-"+id)); o.Code != chain.CodeNotYet {
			u.t.Errorf("%s at height %d, agreed was %d: %s %s", id, head.Height, u.from, o.Code, o.Detail)
		}
	}
}

// boundary lets the load go on to the agreed height, while a record of the newer schema is offered
// again and again, and returns where it was taken.
func (u *upgrade) boundary(n *node) chain.Outcome {
	u.t.Helper()
	u.set(func() { u.slow = false })
	r := u.next("first")
	for limit := time.Now().Add(patience); time.Now().Before(limit); time.Sleep(pause) {
		switch o := u.offer(n, r); o.Code {
		case chain.CodeOK:
			return o
		case chain.CodeNotYet:
		default:
			u.t.Fatalf("before the height: %s %s", o.Code, o.Detail)
		}
	}
	u.t.Fatalf("the height agreed on was not reached in %s", patience)
	return chain.Outcome{}
}

// stopped: an old node has ended by itself, with its own exit code and saying why, at the last
// height that it can judge. It does not start again.
func (u *upgrade) stopped(n *node) {
	u.t.Helper()
	why := fmt.Sprintf(unknownNext, u.from)
	for _, when := range []string{"at the height", "started again"} {
		select {
		case <-n.proc.ended:
		case <-time.After(patience):
			u.t.Fatalf("%s, %s: its program is too old and it does not end", n.ID, when)
		}
		log := n.log.String()
		if code := n.proc.cmd.ProcessState.ExitCode(); code != exitOld || !strings.Contains(tail(log, 1), why) {
			u.t.Errorf("%s, %s: exit code %d:\n%s", n.ID, when, code, tail(log, 10))
		}
		if bad := []string{"CONSENSUS FAILURE", "panic", "goroutine "}; slices.ContainsFunc(bad,
			func(s string) bool { return strings.Contains(log, s) }) {
			u.t.Errorf("%s, %s: it did not end in order:\n%s", n.ID, when, tail(log, 40))
		}
		report, err := home.Audit(context.Background(), filepath.Join(n.dir, "chain"))
		if err != nil {
			u.t.Fatalf("audit of %s: %v", n.ID, err)
		}
		if report.Height != u.from-1 || len(report.Differences) > 0 {
			u.t.Errorf("%s, %s: it stands at height %d, agreed was %d: %v", n.ID, when, report.Height, u.from,
				report.Differences)
		}
		report.Close()
		if when == "at the height" {
			if err := n.start(); err != nil {
				u.t.Fatal(err)
			}
		}
	}
}

// silentSince: no receipt of what came from a height on carries a seal of the voter that stayed
// old.
func (u *upgrade) silentSince(from int64, at *node) {
	u.t.Helper()
	u.d.mu.Lock()
	ids := make([]string, 0, len(u.d.acked))
	for id := range u.d.acked {
		ids = append(ids, id)
	}
	u.d.mu.Unlock()
	seen := 0
	for _, id := range ids {
		r, err := at.receipt(context.Background(), id)
		if err != nil || r.Header.Height < from {
			continue // the newest are not sealed yet
		}
		seen++
		if slices.ContainsFunc(r.Seals, func(s chain.Seal) bool { return s.Member == "p2" }) {
			u.t.Errorf("the old program sealed height %d, agreed was %d", r.Header.Height, from)
		}
	}
	if seen == 0 {
		u.t.Error("no receipt of the newer schema's time: nothing was seen")
	}
}

// chainHistory is the members' lists with the votes for them, as the insurer's explorer gives it
// away.
func (u *upgrade) chainHistory() (h *chain.History) {
	u.t.Helper()
	u.until("the history", func(ctx context.Context) error {
		h = &chain.History{}
		return u.one("i1").get(ctx, "http://"+u.one("i1").settings.Explorer+"/v1/chain/history.json", h)
	})
	return h
}

// verifiers: a receipt of the newer schema is good to the newer program; the old one refuses it,
// and says for what.
func (u *upgrade) verifiers(at *node, id string) {
	u.t.Helper()
	var r *chain.Receipt
	u.until("a receipt of the newer schema",
		func(ctx context.Context) (err error) { r, err = at.receipt(ctx, id); return err })
	text, err := json.Marshal(r)
	if err != nil {
		u.t.Fatal(err)
	}
	file := filepath.Join(u.dir, "newer.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		u.t.Fatal(err)
	}
	args := append([]string{"verify", file}, u.proofs()...)
	if out := u.command(newest, args...); !strings.Contains(out, "good") {
		u.t.Errorf("the newer verifier: %s", out)
	}
	out, code := u.ran(hospital, args...)
	if code != 1 || strings.Contains(out, "goroutine ") || !strings.Contains(out, "a version that this program knows") {
		u.t.Errorf("the old verifier: exit code %d: %s", code, out)
	}
}

// noAccusation: nobody takes what the old nodes did for a misdeed.
func (u *upgrade) noAccusation() {
	u.t.Helper()
	for _, id := range []string{"i1", "r1"} {
		u.until("alarms of "+id, func(ctx context.Context) error {
			_, text, err := u.one(id).page(ctx, "/v1/chain/alarms")
			for _, deed := range []string{"fork", "other-root", "forged-seal", "double-vote"} {
				if strings.Contains(text, `"kind":"`+deed) {
					u.t.Errorf("%s accuses somebody: %s", id, text)
				}
			}
			return err
		})
	}
}

// longestGap is the longest time between two acknowledged records' first submissions.
func (d *ward) longestGap() (gap time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var at []time.Duration
	for _, a := range d.acked {
		at = append(at, a.called)
	}
	slices.Sort(at)
	for i := 1; i < len(at); i++ {
		gap = max(gap, at[i]-at[i-1])
	}
	return gap
}

package insurersandbox

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"

	"github.com/smart-hospital/hospital/chain/platform/text"
	"github.com/smart-hospital/hospital/payment/insurer"
)

// Fault is a way to misbehave.
type Fault string

// Faults. "Done" says whether the operation takes effect.
const (
	Silent    Fault = "silent"    // not done; no answer until the client gives up
	Lost      Fault = "lost"      // done; no answer until the client gives up
	Late      Fault = "late"      // the connection breaks at once; done a little later
	Twice     Fault = "twice"     // done twice; the second answer is sent
	Stale     Fault = "stale"     // done; answered with a signed answer to another message
	Refuse    Fault = "refuse"    // not done; refused
	Amounts   Fault = "amounts"   // done; the answer's amounts are others, but add up
	Fen       Fault = "fen"       // done; the answer has one fen of the fund as cash, and adds up
	Sums      Fault = "sums"      // done; the answer's amounts do not add up
	Signature Fault = "signature" // done; the answer is signed with another key
	Broken    Fault = "broken"    // not done; HTTP status 500
)

// AllFaults lists them.
var AllFaults = []Fault{Silent, Lost, Late, Twice, Stale, Refuse, Amounts, Fen, Sums, Signature, Broken}

// Faults is the queue of faults to come, by operation. The zero value misbehaves never.
type Faults struct {
	mu    sync.Mutex
	queue map[insurer.Op][]Fault
}

// Add makes the next count messages of an operation misbehave, after those added before.
func (f *Faults) Add(op insurer.Op, fault Fault, count int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.queue == nil {
		f.queue = map[insurer.Op][]Fault{}
	}
	f.queue[op] = append(f.queue[op], slices.Repeat([]Fault{fault}, count)...)
}

// Clear forgets all of them.
func (f *Faults) Clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.queue = nil
}

// Pending is how many are still to come.
func (f *Faults) Pending() (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, q := range f.queue {
		n += len(q)
	}
	return n
}

func (f *Faults) next(op insurer.Op) Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	q := f.queue[op]
	if len(q) == 0 {
		return ""
	}
	f.queue[op] = q[1:]
	return q[0]
}

// maxFaultCount bounds one request to the admin handler.
const maxFaultCount = 1000

// AdminHandler lets a person play with faults, wherever it is mounted: POST
// {"op":"6202","fault":"lost","count":1} adds, DELETE clears. It has no authentication and belongs
// on a loopback address of a demonstration, nowhere else.
func (b *Bureau) AdminHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /", func(w http.ResponseWriter, r *http.Request) {
		var in struct {
			Op    insurer.Op `json:"op"`
			Fault Fault      `json:"fault"`
			Count int        `json:"count"`
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<10))
		if err == nil {
			err = text.Decode(body, &in)
		}
		if err == nil && (!slices.Contains(insurer.Ops, in.Op) || !slices.Contains(AllFaults, in.Fault) ||
			in.Count < 1 || in.Count > maxFaultCount) {
			err = fmt.Errorf("op: one of %v; fault: one of %v; count: 1 to %d", insurer.Ops, AllFaults, maxFaultCount)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		b.Faults.Add(in.Op, in.Fault, in.Count)
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("DELETE /", func(w http.ResponseWriter, _ *http.Request) {
		b.Faults.Clear()
		w.WriteHeader(http.StatusNoContent)
	})
	return mux
}

package testnet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/consortium"
)

var errRefusedByNode = errors.New("the node's answer")

// node is a member's folder and the process that runs over it.
type node struct {
	Organisation
	dir      string
	settings consortium.NodeSettings
	control  string // of a peer
	log      ring
	proc     *process
	offset   time.Duration // of its clock
	oldest   int64         // block that an audit found, once it is stopped
	upgraded bool          // to the program that knows the next record schema
	client   *http.Client
}

func (n *node) honest() bool { return len(n.Traitor) == 0 }

// serves tells whether clients submit here.
func (n *node) serves() bool { return n.honest() && n.Node != product && n.Power > 0 }

// equivocates: two processes run with this node's validator key.
func (n *node) equivocates() bool { return len(n.Traitor) == 1 && n.Traitor[0] == equivocate }

// write edits node.yaml as an operator would.
func (n *node) write() error {
	text, err := yaml.Marshal(n.settings)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(n.dir, "node.yaml"), text, 0o600)
}

// start runs the node's program; it does not wait until the node is ready.
func (n *node) start() (err error) {
	program, env, args := peer, []string(nil), []string{"--dir", n.dir, "--control", n.control}
	switch {
	case n.Node == product:
		program, args = hospital, []string{"node", "--dir", n.dir, "--while-stdin", "--log-level", "warn"}
	case n.equivocates():
	case !n.honest():
		env = []string{"TESTNET_TRAITOR=" + strings.Join(n.Traitor, ",")}
	case n.offset != 0:
		program, env = skewed, []string{fmt.Sprintf("%s=%d", clockOffset, int64(n.offset/time.Second))}
	}
	switch {
	case n.upgraded && n.Node == product:
		program = newest
	case n.upgraded:
		program = newer
	}
	path, err := program()
	if err != nil {
		return err
	}
	n.proc, err = launch(&n.log, env, path, args...)
	return err
}

// ensure starts the node again when it has ended.
func (n *node) ensure() error {
	if n.proc != nil && n.proc.alive() {
		return nil
	}
	return n.start()
}

// submit sends records and waits for their outcomes; an error means that these are not known.
func (n *node) submit(ctx context.Context, recs ...chain.Record) (out []chain.Outcome, err error) {
	body, err := json.Marshal(recs)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+n.control+"/submit", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if err := n.do(req, &out); err != nil {
		return nil, err
	}
	if len(out) != len(recs) {
		return nil, fmt.Errorf("%d answers to %d records", len(out), len(recs))
	}
	return out, nil
}

func (n *node) get(ctx context.Context, url string, into any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	return n.do(req, into)
}

func (n *node) do(req *http.Request, into any) error {
	res, err := n.client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(res.Body, 1<<10)) // for the message only
		return fmt.Errorf("%w: %s: %s %s", errRefusedByNode, n.ID, res.Status, text)
	}
	return json.NewDecoder(res.Body).Decode(into)
}

func (n *node) health(ctx context.Context) (h chain.Health, err error) {
	if n.Node == product {
		return h, n.get(ctx, "http://"+n.settings.Explorer+"/v1/chain", &h)
	}
	return h, n.get(ctx, "http://"+n.control+"/health", &h)
}

func (n *node) subject(ctx context.Context, subject string) (s chain.SubjectState, err error) {
	return s, n.get(ctx, "http://"+n.control+"/subject?of="+url.QueryEscape(subject), &s)
}

// receipt asks a peer at its port and the product at its explorer.
func (n *node) receipt(ctx context.Context, id string) (r *chain.Receipt, err error) {
	r = &chain.Receipt{}
	if n.Node == product {
		return r, n.get(ctx, "http://"+n.settings.Explorer+"/v1/chain/records/"+id+"/receipt", r)
	}
	return r, n.get(ctx, "http://"+n.control+"/receipt?of="+id, r)
}

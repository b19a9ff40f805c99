package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/membership"
)

// explorer is the URL of a node's public pages, as the commands of an operator ask them.
type explorer string

const (
	explorerLimit = time.Minute
	explorerBytes = chain.MaxHistoryBytes + 1<<20
)

// errOvertaken: another member's vote came first, or the list adopted just before is not in force
// yet. A vote made anew will do.
var errOvertaken = errors.New("the vote must be made anew")

func (e explorer) members(ctx context.Context) (*membership.Members, error) {
	m := &membership.Members{}
	return m, e.get(ctx, "/v1/chain/members", m)
}

func (e explorer) history(ctx context.Context) (*chain.History, error) {
	h := &chain.History{}
	return h, e.get(ctx, "/v1/chain/history", h)
}

// next is the sequence number that a subject's next record has.
func (e explorer) next(ctx context.Context, subject string) (uint64, error) {
	var answer struct {
		State chain.SubjectState `json:"state"`
	}
	err := e.get(ctx, "/v1/chain/subjects/"+subject, &answer)
	var no *refusal
	if errors.As(err, &no) && no.Code == "record-not-found" {
		return 1, nil
	}
	return answer.State.Seq + 1, err
}

func (e explorer) vote(ctx context.Context, vote chain.Record) (chain.Status, int64, error) {
	var answer struct {
		Status chain.Status `json:"status"`
		Height int64        `json:"height"`
	}
	err := e.ask(ctx, http.MethodPost, "/v1/chain/votes", vote.Bytes(), &answer)
	var no *refusal
	if errors.As(err, &no) && (strings.Contains(no.Detail, chain.CodeSequence.String()+":") ||
		strings.Contains(no.Detail, chain.CodeNotYet.String()+":")) {
		return "", 0, fmt.Errorf("%w: %w", errOvertaken, err)
	}
	return answer.Status, answer.Height, err
}

// refusal is a problem document.
type refusal struct {
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

// Error is the node's word.
func (r *refusal) Error() string { return "the node refused: " + r.Code + ": " + r.Detail }

func (e explorer) get(ctx context.Context, path string, into any) error {
	return e.ask(ctx, http.MethodGet, path, nil, into)
}

func (e explorer) ask(ctx context.Context, method, path string, body []byte, into any) error {
	ctx, cancel := context.WithTimeout(ctx, explorerLimit)
	defer cancel()
	status, text, err := fetch(ctx, method, string(e)+path, body, explorerBytes)
	if err != nil {
		return err
	}
	if status != http.StatusOK {
		no := &refusal{Code: http.StatusText(status)}
		_ = json.Unmarshal(text, no) // whatever else answers has its status
		return no
	}
	return json.Unmarshal(text, into)
}

// fetch asks a URL once and reads at most limit bytes of what it answers. A body is JSON.
func fetch(ctx context.Context, method, url string, body []byte, limit int64) (status int, text []byte, err error) {
	req, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer res.Body.Close()
	text, err = io.ReadAll(io.LimitReader(res.Body, limit))
	return res.StatusCode, text, err
}

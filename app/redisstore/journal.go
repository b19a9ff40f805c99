package redisstore

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/smart-hospital/hospital/chain/durable"
)

// refresh: a key whose end was only put off is written again when this much was added, not at every use.
const refresh = 10 * time.Minute

// rewriteAfter: the file is written anew when it has this many lines more than four times its keys.
const rewriteAfter = 1000

// state is a key as the file has it: text or set, and its end; neither when the key is gone.
type state struct {
	Key     string   `json:"key"`
	Value   string   `json:"value,omitempty"`
	Members []string `json:"members,omitempty"`
	Until   int64    `json:"until"` // Unix milliseconds; 0: gone
}

// journal keeps the keys of one prefix in a file, so that they outlive the process like a real Redis' do. Every line is a
// key's whole state after a command, written before the command is answered: a killed process loses no log-in, and no
// log-out. Only keys with an end are kept.
type journal struct {
	client *redis.Client
	prefix string
	path   string

	mu    sync.Mutex
	file  *os.File
	live  map[string]state
	lines int
}

func openJournal(ctx context.Context, client *redis.Client, path, prefix string) (*journal, error) {
	j := &journal{client: client, prefix: prefix, path: path, live: map[string]state{}}
	b, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, line := range bytes.Split(b, []byte("\n")) {
		var s state
		if json.Unmarshal(line, &s) == nil { // a power cut may leave half a line
			j.set(s)
		}
	}
	for _, s := range j.live {
		if err := j.restore(ctx, s); err != nil {
			return nil, err
		}
	}
	if err := j.rewrite(); err != nil {
		return nil, err
	}
	client.AddHook(j)
	return j, nil
}

func (j *journal) set(s state) {
	if s.Until > time.Now().UnixMilli() {
		j.live[s.Key] = s
	} else {
		delete(j.live, s.Key)
	}
}

func (j *journal) restore(ctx context.Context, s state) error {
	_, err := j.client.TxPipelined(ctx, func(p redis.Pipeliner) error {
		if s.Members != nil {
			p.SAdd(ctx, s.Key, s.Members)
		} else {
			p.Set(ctx, s.Key, s.Value, 0)
		}
		p.PExpireAt(ctx, s.Key, time.UnixMilli(s.Until))
		return nil
	})
	return err
}

// rewrite replaces the file by one that holds what lives, and no more.
func (j *journal) rewrite() error {
	var b bytes.Buffer
	now := time.Now().UnixMilli()
	maps.DeleteFunc(j.live, func(_ string, s state) bool { return s.Until <= now })
	for _, s := range j.live {
		b.Write(line(s))
	}
	if err := durable.WriteFile(j.path, b.Bytes(), 0o600); err != nil {
		return err
	}
	f, err := os.OpenFile(j.path, os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if j.file != nil {
		_ = j.file.Close()
	}
	j.file, j.lines = f, len(j.live)
	return nil
}

func line(s state) []byte {
	b, _ := json.Marshal(s) // strings and numbers only
	return append(b, '\n')
}

func (j *journal) close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.file.Close()
}

// DialHook, ProcessHook and ProcessPipelineHook make it a redis.Hook.
func (j *journal) DialHook(next redis.DialHook) redis.DialHook { return next }

func (j *journal) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		if err := next(ctx, cmd); err != nil {
			return err
		}
		return j.note(ctx, cmd)
	}
}

func (j *journal) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		if err := next(ctx, cmds); err != nil {
			return err
		}
		return j.note(ctx, cmds...)
	}
}

// note writes down the keys that the commands changed.
func (j *journal) note(ctx context.Context, cmds ...redis.Cmder) error {
	keys := map[string]bool{} // value: certainly changed, not only put off
	for _, cmd := range cmds {
		switch cmd.Name() {
		case "set", "sadd", "srem", "expire", "pexpireat":
			keys[cmd.Args()[1].(string)] = true
		case "getex":
			if key := cmd.Args()[1].(string); !keys[key] {
				keys[key] = false
			}
		case "del":
			for _, key := range cmd.Args()[1:] {
				keys[key.(string)] = true
			}
		}
	}
	for key, changed := range keys {
		if !strings.HasPrefix(key, j.prefix) {
			continue
		}
		if err := j.write(context.WithoutCancel(ctx), key, changed); err != nil {
			return fmt.Errorf("redisstore: keep: %w", err)
		}
	}
	return nil
}

func (j *journal) write(ctx context.Context, key string, changed bool) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	s, err := j.read(ctx, key)
	if err != nil {
		return err
	}
	if !changed && s.Until-j.live[key].Until < refresh.Milliseconds() {
		return nil
	}
	j.set(s)
	if _, err := j.file.Write(line(s)); err != nil {
		return err
	}
	if s.Until == 0 { // an ended session must not come back after a power cut
		if err := j.file.Sync(); err != nil {
			return err
		}
	}
	if j.lines++; j.lines > rewriteAfter+4*len(j.live) {
		return j.rewrite()
	}
	return nil
}

// read asks for the key's state now; under the lock, so that the last line written is the newest state.
func (j *journal) read(ctx context.Context, key string) (s state, err error) {
	s.Key = key
	left, err := j.client.PTTL(ctx, key).Result()
	if err != nil || left <= 0 {
		return s, err
	}
	s.Until = time.Now().Add(left).UnixMilli()
	kind, err := j.client.Type(ctx, key).Result()
	switch {
	case err != nil:
	case kind == "set":
		s.Members, err = j.client.SMembers(ctx, key).Result()
	case kind == "string":
		s.Value, err = j.client.Get(ctx, key).Result()
	}
	if kind == "none" || errors.Is(err, redis.Nil) { // it ended between the questions
		return state{Key: key}, nil
	}
	return s, err
}

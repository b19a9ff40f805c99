package storage

import "sync"

// Cache keeps the newest entries in two generations: when the young one is full it becomes the old
// one. Safe for concurrent use; what it forgets is computed again, so it never changes an answer.
type Cache[K comparable, V any] struct {
	mu         sync.Mutex
	young, old map[K]V
	limit      int
}

// NewCache holds between limit and twice as many entries.
func NewCache[K comparable, V any](limit int) *Cache[K, V] {
	return &Cache[K, V]{young: map[K]V{}, limit: limit}
}

// Get returns the value of a key, made by make when it is not there. Two callers may make it; the
// first one's stays.
func (c *Cache[K, V]) Get(key K, make func() (V, error)) (V, error) {
	c.mu.Lock()
	v, ok := c.find(key)
	c.mu.Unlock()
	if ok {
		return v, nil
	}
	v, err := make()
	if err != nil {
		return v, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if first, ok := c.young[key]; ok {
		return first, nil
	}
	c.put(key, v)
	return v, nil
}

// find looks in both generations; what it finds counts as young again. The caller holds the lock.
func (c *Cache[K, V]) find(key K) (V, bool) {
	v, ok := c.young[key]
	if !ok {
		if v, ok = c.old[key]; ok {
			c.put(key, v)
		}
	}
	return v, ok
}

// Lookup finds a value by its key's bytes, and does not copy them.
func Lookup[V any](c *Cache[string, V], key []byte) (v V, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if v, ok = c.young[string(key)]; ok {
		return v, true
	}
	if _, ok = c.old[string(key)]; ok {
		return c.find(string(key))
	}
	return v, false
}

// Peek returns a value only when it is there.
func (c *Cache[K, V]) Peek(key K) (V, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok := c.young[key]
	if !ok {
		v, ok = c.old[key]
	}
	return v, ok
}

// set puts a value in the place of whatever is there.
func (c *Cache[K, V]) set(key K, v V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.put(key, v)
}

func (c *Cache[K, V]) put(key K, v V) {
	if len(c.young) >= c.limit {
		c.young, c.old = map[K]V{}, c.young
	}
	c.young[key] = v
}

package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"slices"
	"sync"
	"time"

	"whentofinetune/cmd/guide/internal/build"
	"whentofinetune/cmd/guide/internal/problem"
)

// How politely links to elsewhere are followed: so many at once, one at a time for each host, remembered for a week.
const (
	externalAtOnce = 8
	externalWait   = 15 * time.Second
	externalKept   = 7 * 24 * time.Hour
)

// external follows the links that lead out of a site, and warns of those that do not answer well.
func (p *project) external(ctx context.Context, site *build.Output) {
	places := map[string][]build.Place{}
	for _, l := range site.External() {
		if u, err := url.Parse(l.Target); err == nil && (u.Scheme == "http" || u.Scheme == "https") {
			places[l.Target] = append(places[l.Target], l)
		}
	}
	byHost := map[string][]string{}
	for target := range places {
		u, _ := url.Parse(target)
		byHost[u.Host] = append(byHost[u.Host], target)
	}
	var mu sync.Mutex
	var workers sync.WaitGroup
	slots := make(chan struct{}, externalAtOnce)
	for _, targets := range byHost {
		slices.Sort(targets)
		workers.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			for _, target := range targets {
				if said := p.follow(ctx, target); said != "" {
					mu.Lock()
					for _, at := range places[target] {
						site.Problems = append(site.Problems, problem.Problem{File: path.Join(p.options.build().ContentName, at.File), Line: at.Line, Column: at.Column,
							Text: target + " " + said, Hint: "mend the link, or find where the page has gone", Warning: true})
					}
					mu.Unlock()
				}
			}
		})
	}
	workers.Wait()
}

// follow says what is wrong with an address, or nothing. Good answers are remembered.
func (p *project) follow(ctx context.Context, target string) string {
	key := sha256.Sum256([]byte("external\x00" + target))
	if when, ok := p.cache.Get(key); ok {
		if t, err := time.Parse(time.RFC3339, string(when)); err == nil && time.Since(t) < externalKept {
			return ""
		}
	}
	ctx, cancel := context.WithTimeout(ctx, externalWait)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	if err != nil {
		return "is no address"
	}
	request.Header.Set("User-Agent", "guide-link-check")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return "does not answer"
	}
	answer.Body.Close()
	if answer.StatusCode >= 400 && answer.StatusCode != http.StatusTooManyRequests {
		return fmt.Sprintf("answers %d", answer.StatusCode)
	}
	p.cache.Put(key, []byte(time.Now().Format(time.RFC3339)))
	return ""
}

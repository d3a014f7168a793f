package browser

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

// wanted is a query and the page that it was taken from.
type wanted struct{ Query, Page string }

// questions takes queries from the guide's own pages, evenly spread: headings that no other page has, and five words in a
// row from passages.
func questions(t *testing.T, each int) []wanted {
	t.Helper()
	var titles [][4]string
	var texts [][][3]string
	read := func(kind string, add func(data []byte) error) {
		for n := 0; ; n++ {
			data, err := os.ReadFile(filepath.Join(site, "search", kind+"-"+strconv.Itoa(n)+".js"))
			if err != nil {
				return
			}
			_, data, _ = bytes.Cut(data, []byte(","))
			if err := add(bytes.TrimSuffix(data, []byte(")\n"))); err != nil {
				t.Fatal(err)
			}
		}
	}
	read("titles", func(data []byte) error {
		var part [][4]string
		defer func() { titles = append(titles, part...) }()
		return json.Unmarshal(data, &part)
	})
	read("texts", func(data []byte) error {
		var part [][][3]string
		defer func() { texts = append(texts, part...) }()
		return json.Unmarshal(data, &part)
	})
	if len(titles) != len(texts) || len(titles) < 20 {
		t.Fatalf("the index has %d titles and %d texts", len(titles), len(texts))
	}
	times := map[string]int{}
	var headings, passages []wanted
	for i, sections := range texts {
		times[strings.ToLower(titles[i][1])]++
		for _, s := range sections {
			times[strings.ToLower(s[1])]++
		}
	}
	for i, sections := range texts {
		for _, s := range sections {
			if len(strings.Fields(s[1])) > 1 && times[strings.ToLower(s[1])] == 1 {
				headings = append(headings, wanted{s[1], titles[i][0]})
			}
			if words := strings.Fields(s[2]); len(words) > 16 {
				passages = append(passages, wanted{strings.Join(words[8:13], " "), titles[i][0]})
			}
		}
	}
	spread := func(all []wanted) []wanted {
		some := make([]wanted, each)
		for i := range some {
			some[i] = all[i*len(all)/each]
		}
		return some
	}
	return append(spread(headings), spread(passages)...)
}

// engine is a way to search: script that loads it (window.engine, when it is ready) and answers with the address found first.
type engine struct{ name, folder, page, load string }

// ours is the search sheet, asked as a reader does.
var ours = engine{"this guide", "", "about/index.html", `
	window.engine = async query => {
		window.guideSearchOpen(query);
		const list = document.querySelector("#found");
		if (list.getAttribute("aria-busy") !== "false") await new Promise(answered => {
			new MutationObserver((_, watch) => { if (list.getAttribute("aria-busy") === "false") { watch.disconnect(); answered() } }).observe(list, {attributes: true});
		});
		return list.querySelector("a")?.href ?? "";
	};
	window.begin = async () => {
		document.querySelector("[data-find]").click();
		while (!document.querySelector("dialog.sheet[open]")) await new Promise(r => setTimeout(r, 1));
	};`}

// result is how an engine did.
type result struct {
	first         int     // right at the first hit
	cold, all     int     // bytes, brotli or as they stand where that is less: of the first query, and of all of them
	requests      int     // of the first query
	coldMS, typed float64 // the first query with what must be loaded for it; the median of the others
}

type answered struct {
	Hit string
	MS  float64
}

// measure asks an engine each question in one new browser.
func measure(t *testing.T, e engine, list []wanted) (r result, missed []string) {
	t.Helper()
	h := newHost(t, e.folder, "/")
	h.meets(func(w http.ResponseWriter, r *http.Request) bool { // what a visit keeps for later is none of this
		if r.URL.Path == "/sw.js" {
			http.NotFound(w, r)
		}
		return r.URL.Path == "/sw.js"
	})
	tab := newTab(t)
	visit(t, tab, h.address+e.page)
	until(t, tab, "the page", `document.readyState === "complete"`)
	h.since()
	eval[bool](t, tab, "("+`() => {`+e.load+`
		window.answers = []; window.ask = async list => {
			const start = performance.now();
			await window.begin();
			for (const query of list) {
				const from = window.answers.length === 0 ? start : performance.now();
				const hit = await window.engine(query);
				window.answers.push({Hit: hit, MS: performance.now() - from});
			}
		}; return true }`+")()")
	queries := make([]string, len(list))
	for i, w := range list {
		queries[i] = w.Query
	}
	ask := func(q []string) {
		text, _ := json.Marshal(q)
		eval[bool](t, tab, `(window.ask(`+string(text)+`).catch(e => window.answers.push({Hit: "failed: " + e, MS: 0})), true)`)
	}
	ask(queries[:1])
	until(t, tab, "the first answer", `window.answers.length >= 1`)
	r.cold, r.requests = weigh(t, e.folder, h.since())
	ask(queries[1:])
	until(t, tab, "every answer", `window.answers.length >= `+strconv.Itoa(len(list)))
	rest, _ := weigh(t, e.folder, h.since())
	r.all = r.cold + rest
	got := eval[[]answered](t, tab, `window.answers`)
	var times []float64
	for i, w := range list {
		if strings.HasPrefix(strings.TrimPrefix(got[i].Hit, h.address), strings.TrimSuffix(w.Page, "index.html")) { // some say folder/
			r.first++
		} else {
			missed = append(missed, fmt.Sprintf("%q from %s gave %s", w.Query, w.Page, strings.TrimPrefix(got[i].Hit, h.address)))
		}
		if i > 0 {
			times = append(times, got[i].MS)
		}
	}
	slices.Sort(times)
	r.coldMS, r.typed = got[0].MS, times[len(times)/2]
	return r, missed
}

// weigh is the size of files as a host sends them that compresses with brotli.
func weigh(t *testing.T, folder string, paths []string) (size, files int) {
	t.Helper()
	for _, p := range paths {
		data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(p)))
		if err != nil {
			continue
		}
		var out bytes.Buffer
		w := brotli.NewWriterLevel(&out, brotli.BestCompression)
		w.Write(data)
		w.Close()
		size, files = size+min(out.Len(), len(data)), files+1
	}
	return size, files
}

// Fifty questions from headings and passages of the guide: the page that each was taken from comes first, nearly always, and
// the first question costs little. GUIDE_PAGEFIND names a copy of the site with the index of Pagefind in it: then both are
// measured, and this search is to be the better in each figure.
func TestSearchFinds(t *testing.T) {
	list := questions(t, 25)
	e := ours
	e.folder = site
	our, missed := measure(t, e, list)
	report(t, e.name, our, missed)
	if our.first < 45 {
		t.Errorf("%d of %d questions have their page first", our.first, len(list))
	}
	if our.cold > 60_000 {
		t.Errorf("the first question costs %d bytes", our.cold)
	}
	other := os.Getenv("GUIDE_PAGEFIND")
	if other == "" {
		return
	}
	write(t, other, "bare.html", "<!doctype html><title>Bare</title>")
	their, missed := measure(t, engine{"Pagefind", other, "bare.html", `
		window.engine = async query => { const all = await window.pagefind.search(query); return all.results.length ? new URL((await all.results[0].data()).url, location.href).href : "" };
		window.begin = async () => { if (!window.pagefind) { window.pagefind = await import(location.origin + "/pagefind/pagefind.js"); await window.pagefind.init() } };`}, list)
	report(t, "Pagefind", their, missed)
	if our.first < their.first || our.cold > their.cold || our.all > their.all || our.coldMS > their.coldMS || our.typed > their.typed {
		t.Error("Pagefind is better in something")
	}
}

// What readers ask in their own words brings the page that answers it: keywords of its front matter, where it says it otherwise.
func TestSearchAnswers(t *testing.T) {
	var list []wanted
	for text, page := range map[string]string{
		"difference between rag and fine-tuning": "decide/retrieval.html", "rag vs fine tuning": "decide/retrieval.html", "hallucination": "decide/retrieval.html",
		"how much data do I need": "data/how-much.html", "how many examples": "data/how-much.html", "cost of finetuning": "cost/index.html",
		"is fine-tuning worth it": "index.html", "when not to fine-tune": "decide/bad-at.html", "prompt engineering": "decide/prompting.html",
		"catastrophic forgetting": "wrong/forgetting.html", "overfitting": "wrong/training-length.html", "how many epochs": "wrong/training-length.html",
		"lora vs full fine-tuning": "techniques/lora.html", "4-bit": "techniques/qlora.html", "direct preference optimization": "techniques/dpo.html",
		"reinforcement fine-tuning": "techniques/verifier.html", "break even": "cost/formula.html", "how long does fine-tuning take": "cost/labour.html",
		"openai fine-tuning": "open/who-offers-tuning.html", "deprecation dates": "open/retirement-dates.html", "self-hosting": "open/serving-open-weights.html",
		"changes": "about/changes.html", "glossary": "about/glossary.html", "sources": "about/sources.html",
	} {
		list = append(list, wanted{text, page})
	}
	e := ours
	e.folder = site
	if got, missed := measure(t, e, list); got.first < len(list) {
		t.Errorf("%d of %d questions have their page first: %s", got.first, len(list), strings.Join(missed, "; "))
	}
}

// Words that only make a question decide nothing: a page is found by what is asked about, and from its start where that is its
// title or a keyword. What is shown of it is text, not TeX.
func TestSearchReadsQuestions(t *testing.T) {
	h := newHost(t, site, "/")
	tab := newTab(t)
	visit(t, tab, h.address+"about/index.html")
	openSearch(t, tab)
	for page, queries := range map[string][]string{
		"decide/retrieval.html":                                  {"should I use RAG", "should we use RAG or fine-tuning", "do I need RAG", "what is RAG"},
		"techniques/lora.html":                                   {"what is lora", "is lora cheaper than full fine-tuning", "how long does training take"},
		"techniques/qlora.html":                                  {"what is QLoRA", "LoRA vs QLoRA", "VRAM", "gpu memory"},
		"techniques/dpo.html":                                    {"what is DPO"},
		"techniques/distillation.html":                           {"what is distillation", "distilation"},
		"wrong/training-length.html":                             {"what is overfitting"},
		"examples/brand-tone.html":                               {"brand voice"},
		"examples/clinical-coding.html":                          {"medical"},
		"calculator.html":                                        {"calculator", "the calculator"},
		"cost/formula.html":                                      {"roi of fine tuning"},
		"open/residency.html":                                    {"GDPR", "data residency"},
		"data/how-much.html":                                     {"how many examples do I need to fine tune"},
		"data/evaluation-sets.html":                              {"how many test cases"},
		"data/distillation-licences.html":                        {"can i use gpt output to train my model"},
		"cost/retraining.html":                                   {"how often should I retrain"},
		"cost/formula.html#the-formula-that-the-calculator-uses": {"break-even formula"},
	} {
		for _, query := range queries {
			ask(t, tab, query)
			until(t, tab, query+": "+page, fmt.Sprintf(`document.querySelector("#found").getAttribute("aria-busy") === "false" &&
				document.querySelector("#found a")?.getAttribute("href").endsWith("../" + %q)`, page))
			if text := eval[string](t, tab, `document.querySelector("#found").textContent`); strings.Contains(text, `\`) {
				t.Errorf("%s: TeX in what is shown: %s", query, text)
			}
		}
	}
}

func report(t *testing.T, name string, r result, missed []string) {
	t.Logf("%s: right at the first hit %d; first query %d bytes, %d requests, %.0f ms; all queries %d bytes, median %.1f ms", name, r.first, r.cold, r.requests, r.coldMS, r.all, r.typed)
	for _, m := range missed {
		t.Log("  missed: ", m)
	}
}

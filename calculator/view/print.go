package view

import (
	"slices"
	"strings"

	"whentofinetune/calculator"
	"whentofinetune/calculator/cost"
	"whentofinetune/calculator/fact"
)

// Status is the first line of a reply.
const (
	ok  = "ok"
	bad = "bad"
)

// Print answers one request: the named view of the answers in pairs. The status is "ok", or "bad" where the view, the
// figure or a name in the request does not exist; the body is then lines of name, what is wrong and what to do, parted by
// tabs. Answers that cannot be read are not bad: they are complaints, and the views show them.
func Print(t *fact.Tables, view string, pairs []calculator.Pair) (status string, body []byte) {
	return NewSession(t, nil).Print(view, pairs)
}

// A Session answers requests about one set of tables and remembers the reports of the last answers, so that many views of
// the same answers decide once.
type Session struct {
	tables *fact.Tables
	faults []fact.Problem
	last   []*question // the last that was asked comes first
	most   int         // as many are held
}

// remembered is how many reports a session holds, some 20 kB each: many pages of a guide ask about the same answers, and a reader
// goes back and forth.
const remembered = 128

// A question is a set of answers with as much of its report as views have needed.
type question struct {
	key      string
	have     need
	given    calculator.Answers
	unread   []calculator.Complaint // of answers that could not be read
	resolved *calculator.Resolved
	report   calculator.Report
}

// NewSession returns a Session over t, which nobody may change afterwards. faults are what was wrong with the tables; a
// session that has any answers nothing but the view problems. Without tables it answers nothing at all.
func NewSession(t *fact.Tables, faults []fact.Problem) *Session {
	return &Session{tables: t, faults: faults, most: remembered}
}

// Ask answers a request as the module gets it: lines, the first the view, the others name=value. The reply is the status
// line and the body.
func (s *Session) Ask(request string) []byte {
	view, rest, _ := strings.Cut(request, "\n")
	pairs := []calculator.Pair{}
	for line := range strings.SplitSeq(rest, "\n") {
		name, value, found := strings.Cut(strings.TrimSuffix(line, "\r"), "=")
		if name = strings.TrimSpace(name); name == "" && !found {
			continue
		}
		pairs = append(pairs, calculator.Pair{Name: name, Value: strings.TrimSpace(value)})
	}
	status, body := s.Print(view, pairs)
	return append([]byte(status+"\n"), body...)
}

// Print answers one request; see the function Print.
func (s *Session) Print(view string, pairs []calculator.Pair) (status string, body []byte) {
	if s.tables == nil {
		return bad, tabbed("view", "no tables are loaded", "load them first")
	}
	if len(s.faults) > 0 {
		return s.faulty(view)
	}
	word, argument, _ := strings.Cut(strings.TrimSpace(view), " ")
	argument = strings.TrimSpace(argument)
	for i := range views {
		v := &views[i]
		if v.word != word {
			continue
		}
		if (argument == "") == v.takes {
			return bad, tabbed("view", "“"+view+"” "+v.argumentFault(), "write "+v.usage)
		}
		p := s.printer(pairs, v.needs)
		if fault := v.print(p, argument); fault != nil {
			return bad, fault
		}
		return ok, p.b
	}
	return bad, tabbed("view", "there is no view “"+word+"”", "write one of "+viewWords())
}

// tabbed is one line of cells parted by tabs: a line of fields, or of the body of a bad reply, whose cells are a name,
// what is wrong and what to do.
func tabbed(cells ...string) []byte {
	b := []byte{}
	for i, c := range cells {
		if i > 0 {
			b = append(b, '\t')
		}
		b = append(b, cost.Exchange(c, "\t", " ", "\n", " ", "\r", " ")...)
	}
	return append(b, '\n')
}

// need is how much of a report a view shows, as a set.
type need uint8

const (
	facts    need = 0           // none: the view prints facts
	answers  need = 1           // the answers with their defaults
	priced   need = 2 | answers // the money, without draws
	judged   need = 4 | priced  // the verdict
	drawings need = 8 | priced  // what comes from draws
	whole    need = judged | drawings
)

// lacks reports whether n holds something of part that have does not.
func (n need) lacks(have, part need) bool { return n&part == part && have&part != part }

// printer prints one reply.
type printer struct {
	html
	s      *Session
	q      *question
	t      *fact.Tables
	given  calculator.Answers   // what was said
	a      *calculator.Resolved // with every default
	r      calculator.Report
	unread []calculator.Complaint // answers that could not be read
	root   string                 // before every relative link
	id     string                 // before every id
	fig    int                    // number of the next figure; 0: figures are not numbered
}

// printer reads the answers and gets as much of the report as is needed.
func (s *Session) printer(pairs []calculator.Pair, n need) *printer {
	p := &printer{s: s, t: s.tables}
	rest := pairs[:0:0]
	key := strings.Builder{}
	for _, pair := range pairs {
		switch pair.Name {
		case "root":
			p.root = pair.Value
		case "id":
			p.id = pair.Value
		default:
			rest = append(rest, pair)
			key.WriteString(pair.Name + "=" + pair.Value + "\n")
		}
	}
	p.q = s.question(key.String())
	p.q.bring(s.tables, rest, n)
	p.given, p.unread, p.a, p.r = p.q.given, p.q.unread, p.q.resolved, p.q.report
	return p
}

// bring works out more of the report, where that has not been done: only what shows it waits for it.
func (p *printer) bring(n need) {
	p.q.bring(p.t, nil, n)
	p.r = p.q.report
}

// question is what is remembered under key, or a new one in place of the one that was not asked for longest.
func (s *Session) question(key string) *question {
	at := slices.IndexFunc(s.last, func(q *question) bool { return q.key == key })
	q := &question{key: key}
	switch {
	case at >= 0:
		q = s.last[at]
	case len(s.last) < s.most:
		at = len(s.last)
		s.last = append(s.last, nil)
	default:
		at = s.most - 1
	}
	copy(s.last[1:], s.last[:at])
	s.last[0] = q
	return q
}

// bring brings the report up to what is needed. pairs are the answers; they are read once.
func (q *question) bring(t *fact.Tables, pairs []calculator.Pair, n need) {
	if n.lacks(q.have, answers) {
		q.given, q.unread = calculator.Read(t, pairs)
		q.resolved = calculator.Resolve(t, q.given)
		q.report = calculator.Report{Complaints: q.unread}
	}
	if n.lacks(q.have, priced) {
		q.report = calculator.Price(t, q.given)
		q.report.Complaints = append(slices.Clip(q.unread), q.report.Complaints...)
	}
	if n.lacks(q.have, judged) {
		calculator.Judge(t, q.given, &q.report)
	}
	if n.lacks(q.have, drawings) {
		calculator.Simulate(t, q.given, &q.report)
	}
	q.have |= n
}

// Decide works out the report of pairs, draws included, without printing it.
func (s *Session) Decide(pairs []calculator.Pair) { s.printer(pairs, whole) }

// Report is the report of the last answers, as far as a view has needed it.
func (s *Session) Report() *calculator.Report { return &s.last[0].report }

// faulty answers while the tables cannot be used.
func (s *Session) faulty(view string) (string, []byte) {
	b := []byte{}
	for _, f := range s.faults {
		b = append(b, tabbed(f.File+":"+px(f.Line)+":"+px(f.Column), f.Text, f.Hint)...)
	}
	if strings.TrimSpace(view) == "problems" {
		return ok, b
	}
	return bad, b
}

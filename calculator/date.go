package calculator

import "strconv"

// Date is a day of the calendar. The zero Date is no day.
type Date struct{ Year, Month, Day int }

const firstYear, lastYear = 1900, 2199

// ParseDate reads 2027-01-14. It accepts days that exist, from 1900 to 2199.
func ParseDate(text string) (Date, bool) {
	if !dated(text) {
		return Date{}, false
	}
	year, _ := strconv.Atoi(text[:4])
	month, _ := strconv.Atoi(text[5:7])
	day, _ := strconv.Atoi(text[8:])
	ok := year >= firstYear && year <= lastYear && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
	if !ok {
		return Date{}, false
	}
	return Date{year, month, day}, true
}

// dated reports whether text has the form of 2027-01-14.
func dated(text string) bool {
	if len(text) != 10 || text[4] != '-' || text[7] != '-' {
		return false
	}
	for i := range len(text) {
		if i != 4 && i != 7 && (text[i] < '0' || text[i] > '9') {
			return false
		}
	}
	return true
}

// noDate says why text is no date.
func noDate(text string) string {
	switch year := text[:min(4, len(text))]; {
	case !dated(text):
		return "is not written as year-month-day."
	case year < strconv.Itoa(firstYear) || year > strconv.Itoa(lastYear):
		return "is outside the years " + strconv.Itoa(firstYear) + " to " + strconv.Itoa(lastYear) + "."
	}
	return "is no day of the calendar."
}

// String writes d as 2027-01-14.
func (d Date) String() string {
	return pad(d.Year, 4) + "-" + pad(d.Month, 2) + "-" + pad(d.Day, 2)
}

// Before reports whether d comes before e.
func (d Date) Before(e Date) bool { return d.number() < e.number() }

// AddMonths returns the day k months after d, clamped to the end of its month: 31 January and one month is 28 or 29 February.
func (d Date) AddMonths(k int) Date {
	months := d.Year*12 + d.Month - 1 + k
	e := Date{months / 12, months%12 + 1, d.Day}
	e.Day = min(e.Day, daysIn(e.Year, e.Month))
	return e
}

// WholeMonths returns the largest k for which d and k months is not after end, and 0 where end is before d.
func (d Date) WholeMonths(end Date) int {
	k := (end.Year-d.Year)*12 + end.Month - d.Month
	if k > 0 && end.Before(d.AddMonths(k)) {
		k--
	}
	return max(k, 0)
}

// number orders dates.
func (d Date) number() int { return (d.Year*100+d.Month)*100 + d.Day }

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

func pad(n, width int) string {
	s := strconv.Itoa(n)
	for len(s) < width {
		s = "0" + s
	}
	return s
}

// DaysUntil counts the days from d to another day; negative where that is earlier.
func (d Date) DaysUntil(other Date) int { return other.days() - d.days() }

// days counts the days since the first of March of the year 0 in the Gregorian calendar.
func (d Date) days() int {
	y, m := d.Year, d.Month
	if m <= 2 {
		y, m = y-1, m+12
	}
	return 365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + d.Day - 1
}

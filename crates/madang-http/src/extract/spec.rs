//! What a list offers: its filters, search, orders and paging, declared once for the parser and for the documentation.

/// The parameters of one list.
#[derive(Clone, Copy, Debug)]
pub struct List {
    /// The filters, in the order of the contract.
    pub filters: &'static [Filter],
    /// Whether `search` is offered.
    pub search: bool,
    /// The fields that `ordering` may name, `-` for a default that descends; the first is the default order.
    pub ordering: &'static [&'static str],
    /// Whether the order is fixed, so that `ordering` is not offered.
    pub fixed: bool,
    /// How the list is cut.
    pub style: Style,
}

/// How a list is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `cursor` and `limit`.
    Feed,
    /// `page` and `page_size`.
    Page,
    /// Not at all.
    Whole,
}

/// One filter.
#[derive(Clone, Copy, Debug)]
pub struct Filter {
    /// The field, as in the response.
    pub name: &'static str,
    /// What it holds, which fixes the lookups.
    pub kind: Kind,
}

/// The kinds of filters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An id: exact, `__in`.
    Id,
    /// One of these words: exact, `__in`.
    Choice(&'static [&'static str]),
    /// Half a year such as `2026H1`: exact, `__in`.
    HalfYear,
    /// `true` or `false`.
    Bool,
    /// `__isnull`.
    Null,
    /// Text: all lookups.
    Text,
    /// Text that is compared as a whole only: exact, `__iexact`.
    WholeText,
    /// A whole number: exact, comparisons, `__range`.
    Number,
    /// An instant: exact, comparisons, `__range`.
    Time,
    /// A date: exact, comparisons, `__range`.
    Date,
    /// A date that is no test of a field: exact.
    Day,
}

impl Kind {
    /// The suffixes of the parameter names that this kind offers.
    pub fn lookups(self) -> &'static [&'static str] {
        match self {
            Self::Id | Self::Choice(_) | Self::HalfYear => &["", "__in"],
            Self::Bool | Self::Day => &[""],
            Self::Null => &["__isnull"],
            Self::Text => &[
                "",
                "__iexact",
                "__contains",
                "__icontains",
                "__startswith",
                "__istartswith",
                "__endswith",
                "__iendswith",
            ],
            Self::WholeText => &["", "__iexact"],
            Self::Number | Self::Time | Self::Date => &["", "__gt", "__gte", "__lt", "__lte", "__range"],
        }
    }
}

impl Filter {
    /// A filter by id.
    pub const fn id(name: &'static str) -> Self {
        Self { name, kind: Kind::Id }
    }

    /// A filter by a word.
    pub const fn choice(name: &'static str, words: &'static [&'static str]) -> Self {
        Self { name, kind: Kind::Choice(words) }
    }

    /// A filter by half a year.
    pub const fn half_year(name: &'static str) -> Self {
        Self { name, kind: Kind::HalfYear }
    }

    /// A filter by a switch.
    pub const fn bool(name: &'static str) -> Self {
        Self { name, kind: Kind::Bool }
    }

    /// A filter by absence.
    pub const fn null(name: &'static str) -> Self {
        Self { name, kind: Kind::Null }
    }

    /// A filter by text.
    pub const fn text(name: &'static str) -> Self {
        Self { name, kind: Kind::Text }
    }

    /// A filter by a whole text.
    pub const fn whole_text(name: &'static str) -> Self {
        Self { name, kind: Kind::WholeText }
    }

    /// A filter by number.
    pub const fn number(name: &'static str) -> Self {
        Self { name, kind: Kind::Number }
    }

    /// A filter by instant.
    pub const fn time(name: &'static str) -> Self {
        Self { name, kind: Kind::Time }
    }

    /// A day.
    pub const fn day(name: &'static str) -> Self {
        Self { name, kind: Kind::Day }
    }

    /// A filter by date.
    pub const fn date(name: &'static str) -> Self {
        Self { name, kind: Kind::Date }
    }
}

impl List {
    /// A feed: newest first, unless [`ordered`](Self::ordered) or [`fixed`](Self::fixed) say otherwise.
    pub const fn feed(filters: &'static [Filter]) -> Self {
        Self { filters, search: false, ordering: &["-created_at"], fixed: true, style: Style::Feed }
    }

    /// Parameters of something that is not cut.
    pub const fn whole(filters: &'static [Filter]) -> Self {
        Self { filters, search: false, ordering: &[], fixed: true, style: Style::Whole }
    }

    /// Numbered pages.
    pub const fn page(filters: &'static [Filter]) -> Self {
        Self { filters, search: false, ordering: &[], fixed: true, style: Style::Page }
    }

    /// Offers `search`.
    #[must_use]
    pub const fn searchable(mut self) -> Self {
        self.search = true;
        self
    }

    /// Offers `ordering` by these fields; the first, with its sign, is the default.
    #[must_use]
    pub const fn ordered(mut self, fields: &'static [&'static str]) -> Self {
        self.ordering = fields;
        self.fixed = false;
        self
    }

    /// Fixes the order.
    #[must_use]
    pub const fn fixed(mut self, fields: &'static [&'static str]) -> Self {
        self.ordering = fields;
        self.fixed = true;
        self
    }
}

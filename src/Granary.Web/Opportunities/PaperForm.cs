using System.Globalization;
using Granary.Domain.Opportunities;
using Granary.Domain.Policies;

namespace Granary.Web.Opportunities;

/// <summary>A plan or diagram as its editor posts it: rows of texts, which are read into the record.</summary>
public sealed class PaperForm
{
    /// <summary>The button that posted: a row command, or nothing to save.</summary>
    public string? Do { get; set; }

    public int? Seen { get; set; }

    public string? Summary { get; set; }

    public string? Advantages { get; set; }

    public string? PriceFloor { get; set; }

    public string? Concessions { get; set; }

    public string? WayIn { get; set; }

    public List<PaperRow> Pains { get; set => field = value ?? []; } = [];

    public List<PaperRow> Links { get; set => field = value ?? []; } = [];

    public List<PaperRow> People { get; set => field = value ?? []; } = [];

    public List<PaperRow> Capabilities { get; set => field = value ?? []; } = [];

    public List<PaperRow> Items { get; set => field = value ?? []; } = [];

    public List<PaperRow> Dates { get; set => field = value ?? []; } = [];

    /// <summary>The form of a conversion plan.</summary>
    public static PaperForm Of(ConversionPlan plan) => new()
    {
        Advantages = plan.Advantages,
        PriceFloor = Money(plan.PriceFloor),
        Concessions = plan.Concessions,
        WayIn = plan.WayIn,
        Pains = [.. plan.Pains.Select(p => new PaperRow { Text = p.Text, Amount = Money(p.Amount) })],
        Dates = [.. plan.Dates.Select(d => new PaperRow { Text = d.Text, On = d.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) })],
    };

    /// <summary>The form of a pain chain.</summary>
    public static PaperForm Of(PainChain chain, OpportunityWords say) => new()
    {
        Pains = [.. chain.Pains.Select(p => new PaperRow { Id = p.Id, Role = say.Role(p.Role), Text = p.Text, Agreed = p.Agreed })],
        Links = [.. chain.Links.Select(l => new PaperRow { Id = l.Cause, Other = l.Effect })],
    };

    /// <summary>The form of a decision chain.</summary>
    public static PaperForm Of(DecisionChain chain) => new()
    {
        People = [.. chain.People.Select(p => new PaperRow
        {
            Id = p.Id,
            Text = p.Name,
            Title = p.Title,
            Role = WireName.Of(p.Role),
            Attitude = p.Attitude,
            Influence = p.Influence,
            Relation = p.Relation,
            Plan = p.Plan,
            Other = p.ReportsTo,
        })],
    };

    /// <summary>The form of a vision.</summary>
    public static PaperForm Of(Vision vision) => new()
    {
        Summary = vision.Summary,
        Capabilities = [.. vision.Capabilities.Select(c => new PaperRow { Title = c.Who, Role = c.When, Text = c.What, Other = c.PainId, Agreed = c.Agreed })],
    };

    /// <summary>The form of what raises interest.</summary>
    public static PaperForm Of(Interest interest) => new()
    {
        Items = [.. interest.Items.Select(i => new PaperRow { Role = WireName.Of(i.Kind), Text = i.Text, Other = i.PainId, Plan = i.Reaction })],
    };

    /// <summary>The plan; an amount or day that is none is refused where the plan is checked.</summary>
    public ConversionPlan Plan(decimal? floor) => new()
    {
        Pains = [.. Pains.Select(p => new QuantifiedPain(Said(p.Text), Amount(p.Amount)))],
        Advantages = Kept(Advantages),
        PriceFloor = floor,
        Concessions = Kept(Concessions),
        WayIn = Kept(WayIn),
        Dates = [.. Dates.Select(d => DateOnly.TryParseExact(d.On, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on) ? new KeyDate(Said(d.Text), on) : new KeyDate("", default))],
    };

    /// <summary>The lowest price as it was typed.</summary>
    public decimal? Floor => Amount(PriceFloor);

    /// <summary>The pain chain.</summary>
    public PainChain PainChain(OpportunityWords say)
    {
        Number(Pains, "p");
        return new PainChain(
            [.. Pains.Select(p => new Pain(p.Id!, say.Stored("role", p.Role, OpportunityPolicy.BuiltIn.Lines.SelectMany(l => l.Stages).SelectMany(s => s.Actions).Select(a => a.Role)), Said(p.Text), p.Agreed))],
            [.. Links.Where(l => l.Id is not null || l.Other is not null).Select(l => new PainLink(l.Id ?? "", l.Other ?? ""))]);
    }

    /// <summary>The decision chain.</summary>
    public DecisionChain DecisionChain()
    {
        Number(People, "d");
        return new DecisionChain([.. People.Select(p => new DecisionPerson
        {
            Id = p.Id!,
            Name = Said(p.Text),
            Title = Kept(p.Title),
            Role = Enum.GetValues<DecisionRole>().FirstOrDefault(r => WireName.Of(r) == p.Role),
            Attitude = p.Attitude ?? 0,
            Influence = p.Influence ?? 3,
            Relation = p.Relation ?? 0,
            Plan = Kept(p.Plan),
            ReportsTo = Kept(p.Other),
        })]);
    }

    /// <summary>The vision.</summary>
    public Vision Vision() => new(Kept(Summary), [.. Capabilities.Select(c => new Capability(Said(c.Title), Said(c.Role), Said(c.Text), Kept(c.Other), c.Agreed))]);

    /// <summary>What raises interest.</summary>
    public Interest Interest() =>
        new([.. Items.Select(i => new InterestItem(Enum.GetValues<InterestKind>().FirstOrDefault(k => WireName.Of(k) == i.Role), Said(i.Text), Kept(i.Other), Kept(i.Plan)))]);

    /// <summary>Adds, removes or moves a row.</summary>
    public void Edit(Components.Ui.RowCommand command)
    {
        switch (command.List)
        {
            case "pains": command.Apply(Pains); Number(Pains, "p"); break;
            case "links": command.Apply(Links); break;
            case "people": command.Apply(People); Number(People, "d"); break;
            case "capabilities": command.Apply(Capabilities); break;
            case "items": command.Apply(Items); break;
            case "dates": command.Apply(Dates); break;
        }
    }

    /// <summary>Gives rows that were just added the first id that no other has.</summary>
    public static void Number(List<PaperRow> rows, string prefix)
    {
        foreach (var row in rows.Where(r => r.Id is null))
        {
            row.Id = Enumerable.Range(1, 1_000).Select(n => $"{prefix}{n}").Except(rows.Select(r => r.Id)).First();
        }
    }

    private static string Said(string? text) => text?.Trim() ?? "";

    private static string? Kept(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static decimal? Amount(string? text) => string.IsNullOrWhiteSpace(text) ? null : decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) ? amount : -1;

    private static string? Money(decimal? amount) => amount?.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A row of any of them; each uses what it has.</summary>
    public sealed class PaperRow
    {
        public string? Id { get; set => field = string.IsNullOrWhiteSpace(value) ? null : value; }

        public string? Other { get; set => field = string.IsNullOrWhiteSpace(value) ? null : value; }

        public string? Text { get; set; }

        public string? Title { get; set; }

        public string? Role { get; set; }

        public string? Amount { get; set; }

        public string? On { get; set; }

        public string? Plan { get; set; }

        public bool Agreed { get; set; }

        public int? Attitude { get; set; }

        public int? Influence { get; set; }

        public int? Relation { get; set; }
    }
}

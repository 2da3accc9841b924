using Granary.Application.Capture;

namespace Granary.Web.Capture;

/// <summary>A form as its editor posts it.</summary>
public sealed class FormDraft
{
    public string? Name { get; set; }

    public string? Slug { get; set; }

    public Guid? ChannelId { get; set; }

    public bool Open { get; set; }

    public Words Title { get; set => field = value ?? new(); } = new();

    public Words Intro { get; set => field = value ?? new(); } = new();

    public Words ThankYou { get; set => field = value ?? new(); } = new();

    public Words ConsentText { get; set => field = value ?? new(); } = new();

    public string? ConsentVersion { get; set; }

    public string? RedirectTo { get; set; }

    public List<Asked> Fields { get; set => field = value ?? []; } = [];

    /// <summary>The button that posted: a <see cref="Components.Ui.RowCommand"/>, or nothing to save.</summary>
    public string? Do { get; set; }

    /// <summary>What a new form begins with.</summary>
    public static FormDraft New() => new()
    {
        Open = true,
        ConsentVersion = "1",
        Fields = [new() { Path = "contact.name", Required = true }, new() { Path = "contact.phones", Required = true }, new() { Path = "company.name" }, new() { Path = "requirement" }],
    };

    /// <summary>The draft of a stored form.</summary>
    public static FormDraft Of(Form form, FormDesign design) => new()
    {
        Name = form.Name,
        Slug = form.Slug,
        ChannelId = form.ChannelId,
        Open = form.Open,
        Title = Words.Of(design.Title),
        Intro = Words.Of(design.Intro),
        ThankYou = Words.Of(design.ThankYou),
        ConsentText = Words.Of(design.ConsentText),
        ConsentVersion = design.ConsentVersion,
        RedirectTo = design.RedirectTo,
        Fields = [.. design.Fields.Select(f => new Asked { Path = f.Path, Required = f.Required, Label = Words.Of(f.Label) })],
    };

    /// <summary>What the use case takes.</summary>
    public FormInput Read() => new(
        Name ?? "",
        Slug ?? "",
        ChannelId ?? Guid.Empty,
        Open,
        new FormDesign
        {
            Title = Title.Read(),
            Intro = Intro.Read(),
            ThankYou = ThankYou.Read(),
            ConsentText = ConsentText.Read(),
            ConsentVersion = ConsentVersion?.Trim() ?? "",
            RedirectTo = string.IsNullOrWhiteSpace(RedirectTo) ? null : RedirectTo.Trim(),
            Fields = [.. Fields.Select(f => new FormField(f.Path ?? "", f.Required, f.Label.Read()))],
        });

    /// <summary>A text in the two languages of a form.</summary>
    public sealed class Words
    {
        public string? Chinese { get; set; }

        public string? English { get; set; }

        /// <summary>The two of a stored text.</summary>
        public static Words Of(IReadOnlyDictionary<string, string> texts) => new() { Chinese = texts.GetValueOrDefault("zh-CN"), English = texts.GetValueOrDefault("en") };

        /// <summary>The text by language; a language without words is left out.</summary>
        public Dictionary<string, string> Read() => new[] { ("zh-CN", Chinese), ("en", English) }
            .Where(t => !string.IsNullOrWhiteSpace(t.Item2)).ToDictionary(t => t.Item1, t => t.Item2!.Trim());
    }

    /// <summary>A field that the form asks for.</summary>
    public sealed class Asked
    {
        public string? Path { get; set; }

        public bool Required { get; set; }

        public Words Label { get; set => field = value ?? new(); } = new();
    }
}

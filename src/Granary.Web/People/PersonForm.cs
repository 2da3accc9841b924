using System.Globalization;
using Granary.Application.People;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Web.People;

/// <summary>A person as the form of their page has them: words, which <see cref="Read"/> turns into a <see cref="UserInput"/>.</summary>
public sealed class PersonForm
{
    public string? Name { get; set; }

    public string? Email { get; set; }

    public string? Password { get; set; }

    public string? DepartmentId { get; set; }

    public List<string>? Roles { get; set; }

    public string? Status { get; set; }

    public string? Regions { get; set; }

    public string? Industries { get; set; }

    public string? Products { get; set; }

    public List<string>? Sizes { get; set; }

    public string? Seniority { get; set; }

    public string? Weight { get; set; }

    public string? DailyIntakeCap { get; set; }

    public string? HoldingCap { get; set; }

    public string? Hours { get; set; }

    public string? Duty { get; set; }

    public string? Leave { get; set; }

    /// <summary>The version that was shown.</summary>
    public string? Version { get; set; }

    /// <summary>The field that an error's path belongs to: <c>profile.regions[0]</c> is <c>profile.regions</c>.</summary>
    internal static string Field(string path) => path.Split('[')[0];

    /// <summary>The id of the control of an error's path.</summary>
    internal static string Control(string path) => Field(path).Split('.')[^1] is { Length: > 0 } name ? $"f-Input-{char.ToUpperInvariant(name[0])}{name[1..]}" : "main";

    /// <summary>The form of a person.</summary>
    public static PersonForm Of(UserInput user, string? version) => new()
    {
        Name = user.Name,
        Email = user.Email,
        DepartmentId = user.DepartmentId?.ToString(),
        Roles = [.. user.Roles],
        Status = WireName.Of(user.Status),
        Regions = ProfileLines.Words(user.Profile.Regions),
        Industries = ProfileLines.Words(user.Profile.Industries),
        Products = ProfileLines.Words(user.Profile.Products),
        Sizes = [.. user.Profile.Sizes.Select(WireName.Of)],
        Seniority = WireName.Of(user.Profile.Seniority),
        Weight = user.Profile.Weight.ToString(CultureInfo.InvariantCulture),
        DailyIntakeCap = user.Profile.DailyIntakeCap?.ToString(CultureInfo.InvariantCulture),
        HoldingCap = user.Profile.HoldingCap?.ToString(CultureInfo.InvariantCulture),
        Hours = ProfileLines.Write(user.Profile.Hours),
        Duty = ProfileLines.Write(user.Profile.Duty),
        Leave = ProfileLines.Write(user.Profile.Leave),
        Version = version,
    };

    /// <summary>What the words say, and which cannot be understood.</summary>
    public (UserInput Input, IReadOnlyList<FieldError> Errors) Read()
    {
        List<FieldError> errors = [];
        var profile = new AssignmentProfile
        {
            Regions = ProfileLines.Words(Regions),
            Industries = ProfileLines.Words(Industries),
            Products = ProfileLines.Words(Products),
            Sizes = [.. (Sizes ?? []).Select(s => Member<CompanySize>(s, "profile.sizes", errors))],
            Seniority = Member<Seniority>(Seniority, "profile.seniority", errors),
            Weight = Number(Weight, "profile.weight", errors) ?? 1,
            DailyIntakeCap = Number(DailyIntakeCap, "profile.dailyIntakeCap", errors),
            HoldingCap = Number(HoldingCap, "profile.holdingCap", errors),
            Hours = ProfileLines.Hours(Hours, errors),
            Duty = ProfileLines.Duty(Duty, errors),
            Leave = ProfileLines.Leave(Leave, errors),
        };
        var input = new UserInput
        {
            Name = Name ?? "",
            Email = Email ?? "",
            DepartmentId = Guid.TryParse(DepartmentId, out var department) ? department : null,
            Roles = Roles ?? [],
            Status = Member<PersonStatus>(Status, "status", errors),
            Profile = profile,
        };
        return (input, errors);
    }

    private static T Member<T>(string? name, string field, List<FieldError> errors)
        where T : struct, Enum
    {
        if (!string.IsNullOrEmpty(name) && !WireName.All<T>().Contains(name))
        {
            errors.Add(new FieldError(field, "unknown_value"));
            return default;
        }

        return string.IsNullOrEmpty(name) ? default : Enum.Parse<T>(name, ignoreCase: true);
    }

    private static int? Number(string? text, string field, List<FieldError> errors)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        errors.Add(new FieldError(field, "not_a_number"));
        return null;
    }
}

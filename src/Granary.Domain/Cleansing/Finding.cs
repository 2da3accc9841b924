namespace Granary.Domain.Cleansing;

/// <summary>What cleansing and matching found about a lead (§4). The wire names are snake_case: <c>invalid_contact</c>. Numbers are stored.</summary>
[Flags]
public enum Finding
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A phone, e-mail, domain, company or address is on the blacklist.</summary>
    Blacklisted = 1,

    /// <summary>A sensitive word is in one of its texts.</summary>
    Sensitive = 2,

    /// <summary>There is no valid way to reach it.</summary>
    InvalidContact = 4,

    /// <summary>It looks like somebody trying out the form.</summary>
    Test = 8,

    /// <summary>It was recorded more than one working day after it was received (§3).</summary>
    LateEntry = 16,

    /// <summary>Its company is that of another lead (§5.1).</summary>
    PossibleDuplicate = 32,
}

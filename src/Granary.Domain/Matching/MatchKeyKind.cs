namespace Granary.Domain.Matching;

/// <summary>What two records are compared by (§5.1). Numbers are stored and never reused.</summary>
public enum MatchKeyKind
{
    /// <summary>Phone number in E.164.</summary>
    Phone = 1,

    /// <summary>WeChat id, lower case.</summary>
    WeChat = 2,

    /// <summary>E-mail address, lower case.</summary>
    Email = 3,

    /// <summary>Company name, by <see cref="CompanyMatching"/>.</summary>
    Company = 4,

    /// <summary>Unified social credit code 统一社会信用代码.</summary>
    CreditCode = 5,
}

/// <summary>What a new lead is compared with (§5.1). Numbers are stored and never reused.</summary>
public enum MatchTarget
{
    /// <summary>An account, by its company name or credit code.</summary>
    Account = 1,

    /// <summary>A contact of an account.</summary>
    AccountContact = 2,

    /// <summary>An earlier lead.</summary>
    Lead = 3,
}

/// <summary>What a rule does with a match (§5.1).</summary>
public enum DuplicateAction
{
    /// <summary>Fills and changes the existing lead; no new lead comes to be.</summary>
    Refresh = 1,

    /// <summary>The new lead is linked to its source lead 归集 and gets that one's owner.</summary>
    LinkToSource = 2,

    /// <summary>The new lead is linked to the account, gets its owner and is recorded as converted to an existing one 线索转换记录.</summary>
    ConvertToExisting = 3,

    /// <summary>Both leads are tagged <c>possible_duplicate</c>; the new one goes on as a new lead.</summary>
    TagPossibleDuplicate = 4,
}

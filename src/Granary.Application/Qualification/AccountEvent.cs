using Granary.Application.Ownership;
using Granary.Application.Storage;

namespace Granary.Application.Qualification;

/// <summary>Kinds of events of an account, as the log keeps them.</summary>
public static class AccountEvent
{
    /// <summary>It was made.</summary>
    public const string Created = "account.created";

    /// <summary>Fields were changed.</summary>
    public const string Edited = "account.edited";

    /// <summary>A contact was added.</summary>
    public const string ContactAdded = "account.contact_added";

    /// <summary>A contact was changed.</summary>
    public const string ContactEdited = "account.contact_edited";

    /// <summary>A contact left.</summary>
    public const string ContactLeft = "account.contact_left";

    /// <summary>Contact data was revealed.</summary>
    public const string Revealed = "account.contact_revealed";

    /// <summary>It went to a pool.</summary>
    public const string Pooled = "account.pooled";

    /// <summary>Somebody claimed it from a pool.</summary>
    public const string Claimed = "account.claimed";

    /// <summary>Another account was merged into it.</summary>
    public const string MergedFrom = "account.merged_from";

    /// <summary>It was merged into another account.</summary>
    public const string MergedInto = "account.merged_into";

    /// <summary>A merge was undone.</summary>
    public const string Unmerged = "account.unmerged";

    /// <summary>An entry of the log. Values of contact data are never kept, nor names of contacts: the row says them while it may.</summary>
    internal static EventRecord Of<T>(Guid accountId, string kind, DateTimeOffset at, Guid? actorId, T data) =>
        new() { SubjectId = accountId, Kind = kind, At = at, ActorId = actorId, Data = Json.Write(data) };

    /// <summary>What the log keeps of a contact that was changed.</summary>
    /// <param name="ContactId">The contact.</param>
    /// <param name="Fields">Names of the fields that changed.</param>
    internal sealed record ContactData(Guid ContactId, IReadOnlyList<string> Fields);

    /// <summary>What the log keeps of an edit.</summary>
    internal static EditedData Edit(IReadOnlyList<FieldChange> changes) => new(changes);
}

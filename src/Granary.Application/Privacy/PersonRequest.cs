using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Privacy;

/// <summary>What a person asks for (§18). Numbers are stored and never reused.</summary>
public enum PersonRequestKind
{
    /// <summary>To see what is kept 查阅.</summary>
    Access = 1,

    /// <summary>To get a copy 复制.</summary>
    Export = 2,

    /// <summary>To have it corrected 更正.</summary>
    Correct = 3,

    /// <summary>To have it erased 删除.</summary>
    Erase = 4,

    /// <summary>To have it kept and not used 限制处理.</summary>
    Restrict = 5,
}

/// <summary>How far a request is. Numbers are stored and never reused.</summary>
public enum PersonRequestState
{
    /// <summary>Waits for an answer.</summary>
    Open = 0,

    /// <summary>Done as asked.</summary>
    Done = 1,

    /// <summary>Refused, with words.</summary>
    Refused = 2,

    /// <summary>Put off to a later day, with words; still to be answered.</summary>
    Deferred = 3,
}

/// <summary>A request of a person about their data.</summary>
public sealed class PersonRequest
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>Counts changes; the record's ETag.</summary>
    public int Version { get; set; } = 1;

    /// <summary>What is asked for.</summary>
    public PersonRequestKind Kind { get; set; }

    /// <summary>How far it is.</summary>
    public PersonRequestState State { get; set; }

    /// <summary>When the person asked.</summary>
    public DateTimeOffset ReceivedAt { get; set; }

    /// <summary>When it was recorded.</summary>
    public DateTimeOffset RecordedAt { get; set; }

    /// <summary>Who recorded it.</summary>
    public Guid RecordedBy { get; set; }

    /// <summary>What they said of themselves, by line, encrypted; gone once they are erased.</summary>
    public SealedText? Person { get; set; }

    /// <summary>How it was checked that they are who they say, encrypted.</summary>
    public SealedText? Identity { get; set; }

    /// <summary>What is asked in detail, a <see cref="PersonWish"/> as JSON, encrypted.</summary>
    public SealedText? Wish { get; set; }

    /// <summary>Blind indexes of their contact points.</summary>
    public List<Guid> Keys { get; set; } = [];

    /// <summary>Leads that are about them, as somebody chose them.</summary>
    public List<Guid> Leads { get; set; } = [];

    /// <summary>By when it is answered.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>When those who answer are told of it next; null when it is answered or nothing is left to tell.</summary>
    public DateTimeOffset? RemindAt { get; set; }

    /// <summary>Who decided.</summary>
    public Guid? DecidedBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>What the person is told, encrypted.</summary>
    public SealedText? Note { get; set; }

    /// <summary>Whether it still is to be answered.</summary>
    public bool Waits => State is PersonRequestState.Open or PersonRequestState.Deferred;
}

/// <summary>What is asked in detail.</summary>
/// <param name="Words">In words.</param>
/// <param name="Correction">What is to be corrected.</param>
public sealed record PersonWish(string? Words, PersonCorrection? Correction);

internal sealed class PersonRequestTable : IEntityTypeConfiguration<PersonRequest>
{
    public void Configure(EntityTypeBuilder<PersonRequest> table)
    {
        table.ToTable("PersonRequest");
        table.Property(r => r.Id).ValueGeneratedNever();
        table.Property(r => r.Version).IsConcurrencyToken();
        table.Property(r => r.Keys).HasConversion<IdList>(IdList.Comparer);
        table.Property(r => r.Leads).HasConversion<IdList>(IdList.Comparer);
        table.HasIndex(r => new { r.State, r.DueAt });
        table.HasIndex(r => r.RemindAt, "ix_person_request_remind").HasFilter("remind_at IS NOT NULL");
    }
}

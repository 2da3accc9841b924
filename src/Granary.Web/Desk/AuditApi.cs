using System.Text.Json;
using Granary.Application.Desk;
using Granary.Application.People;
using Granary.Application.Privacy.Audit;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.People;
using Microsoft.AspNetCore.Mvc;

namespace Granary.Web.Desk;

/// <summary>An entry of the event log.</summary>
/// <param name="Position">Its place in the log; rises, with gaps.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who; null for the product itself.</param>
/// <param name="Kind">What happened, such as <c>lead.viewed</c>.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Data">Before, after, why; contact data within texts is masked.</param>
public sealed record EventView(long Position, DateTimeOffset At, OwnerAnswer? Actor, string Kind, Guid Subject, JsonElement Data)
{
    internal static EventView Of(EventRecord record, Setting setting) =>
        new(record.Position, record.At, OwnerAnswer.Of(record.ActorId, setting), record.Kind, record.SubjectId, JsonSerializer.Deserialize<JsonElement>(record.Data));
}

/// <summary>Which entries of the audit are asked for.</summary>
public sealed record AuditQuery
{
    /// <summary>Who did it.</summary>
    [FromQuery(Name = "actor")]
    public Guid? Actor { get; init; }

    /// <summary>What it is about.</summary>
    [FromQuery(Name = "subject")]
    public Guid? Subject { get; init; }

    /// <summary>Kinds, such as <c>lead.viewed</c>, or a group, such as <c>policy.*</c>; may be repeated.</summary>
    [FromQuery(Name = "kind")]
    public string[]? Kind { get; init; }

    /// <summary>From when.</summary>
    [FromQuery(Name = "from")]
    public DateTimeOffset? From { get; init; }

    /// <summary>Before when.</summary>
    [FromQuery(Name = "to")]
    public DateTimeOffset? To { get; init; }

    internal AuditFilter Filter => new() { ActorId = Actor, SubjectId = Subject, Kinds = Kind ?? [], From = From, To = To };
}

/// <summary>A link of the audit chain.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Position">The last event it seals.</param>
/// <param name="At">When it was made.</param>
/// <param name="Hash">Its hash, to be noted elsewhere.</param>
public sealed record SealView(long Number, long Position, DateTimeOffset At, string Hash)
{
    internal static SealView? Of(AuditSeal? seal) => seal is null ? null : new(seal.Number, seal.Last, seal.At, Convert.ToHexStringLower(seal.Hash));
}

/// <summary>How the audit chain stands.</summary>
/// <param name="Seal">The last seal; null before the first.</param>
/// <param name="Verification">The last verification; null before the first.</param>
public sealed record ChainView(SealView? Seal, VerificationView? Verification);

/// <summary>A verification of the audit chain.</summary>
/// <param name="Id">Id.</param>
/// <param name="State">running, sound or faulty.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="RequestedBy">Who asked.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Position">The position it has come to.</param>
/// <param name="UpTo">Where the seals ended when it began.</param>
/// <param name="Events">Events it has checked.</param>
/// <param name="Seals">Seals it has checked.</param>
/// <param name="Fault">The first fault.</param>
public sealed record VerificationView(
    Guid Id, AuditState State, DateTimeOffset RequestedAt, OwnerAnswer? RequestedBy, DateTimeOffset? EndedAt, long Position, long UpTo, long Events, long Seals, AuditFault? Fault)
{
    internal static VerificationView Of(AuditVerification v, Setting setting) => new(
        v.Id, v.State, v.RequestedAt, OwnerAnswer.Of(v.RequestedById, setting), v.EndedAt, v.Position, v.UpTo, v.Events, v.Seals, v.FirstFault);
}

/// <summary>What is to be verified.</summary>
/// <param name="Noted">The hash of a seal that was noted elsewhere, in hexadecimal: it must be in the chain.</param>
public sealed record VerificationBody(string? Noted = null);

/// <summary>The audit: the event log as a feed and as a search, and its chain.</summary>
public static class AuditApi
{
    private const string Path = "/api/v1/audit";

    internal static void MapAuditApi(this IEndpointRouteBuilder app)
    {
        var audit = app.MapGroup("").WithTags("Audit").Require(Permission.ViewAudit);
        audit.MapGet("/api/v1/events", Feed).Produces<Page<EventView>>();
        audit.MapGet(Path, Search).Produces<Page<EventView>>();
        audit.MapGet($"{Path}/chain", Chain).Produces<ChainView>();
        audit.MapPost($"{Path}/verifications", Verify).Produces<VerificationView>(StatusCodes.Status201Created).Idempotent();
        audit.MapGet($"{Path}/verifications", Latest).Produces<Page<VerificationView>>();
        audit.MapGet($"{Path}/verifications/{{id:guid}}", Get).Produces<VerificationView>();
    }

    /// <summary>The event log as a feed, in order: keep <c>next</c> and ask again with it for what comes later. Nothing is skipped.</summary>
    /// <param name="page">Behind which cursor, and how many.</param>
    /// <param name="kind">Kinds, such as <c>lead.assigned</c>, or a group, such as <c>lead.*</c>; may be repeated.</param>
    /// <param name="read">The audit.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Feed([AsParameters] PageQuery page, [FromQuery] string[]? kind, ReadAudit read, Viewer viewer, Setting setting, CancellationToken ct)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        if (!Cursor.TryRead<long?>(page.After, out var after))
        {
            return Cursor.Bad;
        }

        var (events, upTo) = await read.Feed(viewer, kind ?? [], after ?? 0, page.Size, ct);
        return TypedResults.Ok(new Page<EventView>([.. events.Select(e => EventView.Of(e, setting))], Cursor.Write(upTo)));
    }

    /// <summary>Searches the event log, the latest first. A page may hold fewer than were asked for: <c>next</c> goes on searching.</summary>
    /// <param name="page">Which page.</param>
    /// <param name="query">Which events.</param>
    /// <param name="read">The audit.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Search([AsParameters] PageQuery page, [AsParameters] AuditQuery query, ReadAudit read, Viewer viewer, Setting setting, CancellationToken ct)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        if (!Cursor.TryRead<long?>(page.After, out var before))
        {
            return Cursor.Bad;
        }

        var found = await read.Read(viewer, query.Filter, before, page.Size, ct);
        return TypedResults.Ok(new Page<EventView>([.. found.Events.Select(e => EventView.Of(e, setting))], found.Next is { } next ? Cursor.Write(next) : null));
    }

    /// <summary>How the chain stands: its last seal, whose hash can be noted elsewhere, and the last verification.</summary>
    /// <param name="audit">The chain.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Chain(VerifyAudit audit, Setting setting, CancellationToken ct)
    {
        var last = (await audit.Latest(1, ct)) is [var one] ? VerificationView.Of(one, setting) : null;
        return TypedResults.Ok(new ChainView(SealView.Of(await audit.LastSeal(ct)), last));
    }

    /// <summary>Asks for a verification of the whole chain; it runs in the background.</summary>
    /// <param name="body">What is to be verified.</param>
    /// <param name="audit">The chain.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Verify(VerificationBody body, VerifyAudit audit, Viewer viewer, Setting setting, CancellationToken ct)
    {
        var noted = body.Noted is { } text ? AuditNotes.Hex(text.Trim()) : null;
        if (body.Noted is not null && noted is null)
        {
            return Problem.Invalid([new FieldError("noted", "bad_hash")]);
        }

        var asked = await audit.Request(viewer, noted, ct);
        return TypedResults.Created($"{Path}/verifications/{asked.Id}", VerificationView.Of(asked, setting));
    }

    /// <summary>The latest verifications, the newest first.</summary>
    /// <param name="audit">The chain.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Latest(VerifyAudit audit, Setting setting, CancellationToken ct) =>
        TypedResults.Ok(new Page<VerificationView>([.. (await audit.Latest(50, ct)).Select(v => VerificationView.Of(v, setting))], null));

    /// <summary>One verification with its progress.</summary>
    /// <param name="id">The verification.</param>
    /// <param name="audit">The chain.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(Guid id, VerifyAudit audit, Setting setting, CancellationToken ct) =>
        await audit.Find(id, ct) is { } found ? TypedResults.Ok(VerificationView.Of(found, setting)) : Problem.NotFound();
}

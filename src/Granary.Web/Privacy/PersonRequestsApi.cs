using System.Text.Json.Nodes;
using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Privacy;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Granary.Web.Privacy;

/// <summary>Who is looked for.</summary>
/// <param name="Person">Phone numbers, e-mail addresses, WeChat ids or names, at most 20.</param>
public sealed record PersonSearchBody(IReadOnlyList<string>? Person = null);

/// <summary>A request of a person.</summary>
/// <param name="Kind">access, export, correct, erase or restrict.</param>
/// <param name="ReceivedAt">When they asked; now when left out. The deadline runs from it.</param>
/// <param name="Person">Phone numbers, e-mail addresses, WeChat ids and names they gave.</param>
/// <param name="Leads">Leads that are about them besides.</param>
/// <param name="Identity">How it was checked that they are who they say, up to 500 characters.</param>
/// <param name="Words">What they ask in words, up to 2,000 characters.</param>
/// <param name="Correction">What is to be corrected.</param>
public sealed record PersonRequestBody(
    PersonRequestKind? Kind = null, DateTimeOffset? ReceivedAt = null, IReadOnlyList<string>? Person = null, IReadOnlyList<Guid>? Leads = null, string? Identity = null, string? Words = null,
    CorrectionBody? Correction = null);

/// <summary>What is corrected.</summary>
/// <param name="Name">The right name.</param>
/// <param name="Title">The right title.</param>
/// <param name="Replace">Contact points that are replaced.</param>
public sealed record CorrectionBody(string? Name = null, string? Title = null, IReadOnlyList<ReplacementBody>? Replace = null)
{
    internal PersonCorrection Correction => new(Name, Title, [.. (Replace ?? []).Select(r => new ContactReplacement(r.From ?? "", r.To ?? ""))]);
}

/// <summary>A contact point that is wrong, and the right one.</summary>
/// <param name="From">As it is kept.</param>
/// <param name="To">As it should be.</param>
public sealed record ReplacementBody(string? From = null, string? To = null);

/// <summary>An answer to a request.</summary>
/// <param name="State">done, refused or deferred.</param>
/// <param name="Note">What the person is told, up to 2,000 characters; must be given to refuse or defer.</param>
/// <param name="Identity">How their identity was checked, where that is not recorded yet.</param>
/// <param name="Leads">The leads it is about; all that were found when left out.</param>
/// <param name="Until">To when it is deferred.</param>
/// <param name="Correction">What is corrected; as it was asked when left out.</param>
public sealed record PersonAnswerBody(
    PersonRequestState? State = null, string? Note = null, string? Identity = null, IReadOnlyList<Guid>? Leads = null, DateTimeOffset? Until = null, CorrectionBody? Correction = null);

/// <summary>What is kept about a person.</summary>
/// <param name="Leads">Leads that are about them, the latest first.</param>
/// <param name="Counts">Rows by table.</param>
public sealed record FoundPersonView(IReadOnlyList<FoundLeadView> Leads, IReadOnlyDictionary<string, int> Counts)
{
    internal static FoundPersonView Of(FoundPerson found) => new([.. found.Leads.Select(FoundLeadView.Of)], found.Counts);
}

/// <summary>A lead that is about a person.</summary>
/// <param name="Id">Id.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="Status">Its status.</param>
/// <param name="Name">Contact's name.</param>
/// <param name="Company">Company.</param>
/// <param name="LegalHold">Whether it is held.</param>
public sealed record FoundLeadView(Guid Id, DateTimeOffset ReceivedAt, LeadStatus Status, string? Name, string? Company, bool LegalHold)
{
    internal static FoundLeadView Of(Lead lead) => new(lead.Id, lead.ReceivedAt, lead.Status, lead.ContactName, lead.CompanyName, lead.Privacy.HasFlag(LeadPrivacy.LegalHold));
}

/// <summary>A request as it stands.</summary>
/// <param name="Id">Id.</param>
/// <param name="Version">Its version, also in the ETag.</param>
/// <param name="Kind">What is asked for.</param>
/// <param name="State">open, done, refused or deferred.</param>
/// <param name="ReceivedAt">When they asked.</param>
/// <param name="DueAt">By when it is answered.</param>
/// <param name="Person">What they said of themselves; empty once they are erased.</param>
/// <param name="Identity">How their identity was checked.</param>
/// <param name="RecordedBy">Who recorded it.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="Note">What they are told.</param>
public sealed record PersonRequestView(
    Guid Id, int Version, PersonRequestKind Kind, PersonRequestState State, DateTimeOffset ReceivedAt, DateTimeOffset DueAt, IReadOnlyList<string> Person, string? Identity,
    OwnerAnswer? RecordedBy, OwnerAnswer? DecidedBy, DateTimeOffset? DecidedAt, string? Note)
{
    internal static PersonRequestView Of(OpenedRequest opened, Setting setting) => new(
        opened.Request.Id, opened.Request.Version, opened.Request.Kind, opened.Request.State, opened.Request.ReceivedAt, opened.Request.DueAt, opened.Person, opened.Identity,
        OwnerAnswer.Of(opened.Request.RecordedBy, setting), OwnerAnswer.Of(opened.Request.DecidedBy, setting), opened.Request.DecidedAt, opened.Note);
}

/// <summary>A proof of what was done.</summary>
/// <param name="Seq">Place in the chain.</param>
/// <param name="At">When.</param>
/// <param name="Act">What.</param>
/// <param name="Actor">Who.</param>
/// <param name="Counts">Rows by table.</param>
/// <param name="Hash">Its digest, which the next one carries.</param>
public sealed record ProofView(long Seq, DateTimeOffset At, string Act, OwnerAnswer? Actor, JsonNode? Counts, string Hash);

/// <summary>A request with what is kept about its person.</summary>
/// <param name="Request">The request.</param>
/// <param name="Found">What is kept.</param>
/// <param name="Proofs">Proofs, the earliest first.</param>
public sealed record PersonRequestDetailView(PersonRequestView Request, FoundPersonView Found, IReadOnlyList<ProofView> Proofs)
{
    internal static PersonRequestDetailView Of(RequestDetail detail, Setting setting) => new(
        PersonRequestView.Of(detail.Opened, setting), FoundPersonView.Of(detail.Found),
        [.. detail.Proofs.Select(p => new ProofView(p.Seq, p.At, p.Act, OwnerAnswer.Of(p.ActorId, setting), JsonNode.Parse(p.Counts), Convert.ToHexStringLower(p.Hash)))]);
}

/// <summary>Requests of persons about their data.</summary>
public static class PersonRequestsApi
{
    internal static void MapPersonRequests(this IEndpointRouteBuilder app)
    {
        var privacy = app.MapGroup("/api/v1/privacy").WithTags("Privacy").Require(Permission.ManagePrivacy);
        // Not kept for a repeated key: the answer is about a person, and each search counts.
        privacy.MapPost("/searches", Search).Produces<FoundPersonView>(StatusCodes.Status201Created);
        var requests = privacy.MapGroup("/requests").Idempotent();
        requests.MapGet("/", List).Produces<Page<PersonRequestView>>();
        requests.MapPost("/", Record).Produces<PersonRequestDetailView>(StatusCodes.Status201Created);
        requests.MapGet("/{id:guid}", Find).Produces<PersonRequestDetailView>();
        requests.MapPost("/{id:guid}/answers", Answer).Produces<PersonRequestDetailView>(StatusCodes.Status201Created);
        requests.MapGet("/{id:guid}/file", File).Produces<JsonObject>();
    }

    /// <summary>Finds what is kept about a person, over everything. Sent in the body, so that contact data stands in no address; each search is logged.</summary>
    /// <param name="body">Who.</param>
    /// <param name="requests">The desk.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Search(PersonSearchBody body, ReadPersonRequests requests, Viewer viewer, CancellationToken ct) =>
        body.Person is not { Count: > 0 } person ? Problem.Invalid([new FieldError("person", "required")])
        : await requests.Search(viewer, person, ct) is { } found ? TypedResults.Created((string?)null, FoundPersonView.Of(found))
        : Problem.Invalid([new FieldError("person", "too_many", $"{ReadPersonRequests.MostTexts}")]);

    /// <summary>Lists requests: those that wait, the first due first, or with open=false the decided ones, the latest first.</summary>
    /// <param name="page">Which page.</param>
    /// <param name="open">Whether those that wait; they are when left out.</param>
    /// <param name="requests">The desk.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List([AsParameters] PageQuery page, bool? open, ReadPersonRequests requests, Viewer viewer, Setting setting, CancellationToken ct)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        if (!Cursor.TryRead<Guid?>(page.After, out var after))
        {
            return Cursor.Bad;
        }

        var read = await requests.List(viewer, open != false, after, page.Size + 1, ct);
        return TypedResults.Ok(Page.Cut(read.Select(r => PersonRequestView.Of(r, setting)).ToList(), page.Size, r => Cursor.Write(r.Id)));
    }

    /// <summary>Records a request; its deadline runs from when the person asked.</summary>
    /// <param name="body">The request.</param>
    /// <param name="save">The use case.</param>
    /// <param name="requests">The desk.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Record(PersonRequestBody body, SavePersonRequest save, ReadPersonRequests requests, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        var input = new PersonRequestInput(body.Kind, body.ReceivedAt, body.Person ?? [], body.Leads ?? [], body.Identity, body.Words, body.Correction?.Correction);
        var result = await save.Record(viewer, input, ct);
        return result is PrivacyResult<PersonRequest>.Done(var request) ? await Created(request, requests, viewer, setting, http, ct) : result.Answer(http, _ => TypedResults.NoContent());
    }

    /// <summary>Shows a request with what is kept about its person and what was proved of it.</summary>
    /// <param name="id">The request.</param>
    /// <param name="requests">The desk.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Find(Guid id, ReadPersonRequests requests, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        if (await requests.Find(viewer, id, ct) is not { } detail)
        {
            return Problem.NotFound();
        }

        RecordVersion.Tag(http, $"{detail.Opened.Request.Version}");
        return TypedResults.Ok(PersonRequestDetailView.Of(detail, setting));
    }

    /// <summary>Answers a request: does what is asked, refuses it or defers it. Erasure cannot be undone.</summary>
    /// <param name="id">The request.</param>
    /// <param name="body">The answer.</param>
    /// <param name="answer">The use case.</param>
    /// <param name="requests">The desk.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Answer(
        Guid id, PersonAnswerBody body, AnswerPersonRequest answer, ReadPersonRequests requests, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        int? seen = RecordVersion.Seen(http) is { } tag ? int.TryParse(tag, out var version) ? version : 0 : null;
        var result = await answer.Answer(viewer, id, new PersonRequestAnswer(body.State, body.Note, body.Identity, body.Leads, body.Until, body.Correction?.Correction), seen, ct);
        return result is PrivacyResult<PersonRequest>.Done(var request) ? await Created(request, requests, viewer, setting, http, ct) : result.Answer(http, _ => TypedResults.NoContent());
    }

    /// <summary>Everything that is kept about the person of a request for access or a copy, as JSON; each time it is logged.</summary>
    /// <param name="id">The request.</param>
    /// <param name="requests">The desk.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> File(Guid id, ReadPersonRequests requests, Viewer viewer, HttpContext http, CancellationToken ct)
    {
        if (await requests.File(viewer, id, ct) is not { } file)
        {
            return Problem.NotFound();
        }

        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(file);
    }

    private static async Task<Created<PersonRequestDetailView>> Created(PersonRequest request, ReadPersonRequests requests, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        RecordVersion.Tag(http, $"{request.Version}");
        var detail = await requests.Find(viewer, request.Id, ct);
        return TypedResults.Created($"/api/v1/privacy/requests/{request.Id}", PersonRequestDetailView.Of(detail!, setting));
    }
}

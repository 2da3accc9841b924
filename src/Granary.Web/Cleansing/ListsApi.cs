using Granary.Application.Cleansing;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.Cleansing;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.People;
using Granary.Web.Settings;

namespace Granary.Web.Cleansing;

/// <summary>What is to be listed.</summary>
/// <param name="Kind">phone, email, domain, company or ip.</param>
/// <param name="Value">The value; an address range as CIDR.</param>
/// <param name="Reason">Why, up to 200 characters.</param>
/// <param name="ExpiresAt">From when on it no longer counts; never when left out.</param>
public sealed record BlacklistBody(BlacklistKind? Kind = null, string? Value = null, string? Reason = null, DateTimeOffset? ExpiresAt = null);

/// <summary>An entry of the blacklist.</summary>
/// <param name="Id">Id.</param>
/// <param name="Kind">phone, email, domain, company or ip.</param>
/// <param name="Value">The value; masked where it is somebody's.</param>
/// <param name="Reason">Why.</param>
/// <param name="Author">Who listed it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="ExpiresAt">From when on it no longer counts.</param>
public sealed record BlacklistView(Guid Id, BlacklistKind Kind, string Value, string Reason, OwnerAnswer? Author, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);

/// <summary>Words to list.</summary>
/// <param name="Words">The words, each up to 60 characters, up to 20,000 at once.</param>
/// <param name="Allowed">Whether they are innocent: a hit inside one does not count.</param>
public sealed record WordsBody(IReadOnlyList<string?>? Words = null, bool Allowed = false);

/// <summary>A listed word.</summary>
/// <param name="Word">The word.</param>
/// <param name="Allowed">Whether it is innocent.</param>
public sealed record WordView(string Word, bool Allowed);

/// <summary>How many words changed.</summary>
/// <param name="Changed">Added, or moved to the other side.</param>
public sealed record WordsChanged(int Changed);

/// <summary>The shared blacklist and the sensitive words.</summary>
public static class ListsApi
{
    internal static void MapLists(this IEndpointRouteBuilder app)
    {
        var lists = app.MapGroup("/api/v1").WithTags("Lists").Require(Permission.MaintainLists).Idempotent();
        lists.MapGet("/blacklist", Blacklist).Produces<Page<BlacklistView>>();
        lists.MapPost("/blacklist", AddEntry).Produces(StatusCodes.Status201Created);
        lists.MapDelete("/blacklist/{id:guid}", RemoveEntry).Produces(StatusCodes.Status204NoContent);
        lists.MapGet("/sensitive-words", Words).Produces<Page<WordView>>();
        lists.MapPost("/sensitive-words", AddWords).Produces<WordsChanged>(StatusCodes.Status201Created);
        lists.MapDelete("/sensitive-words/{word}", RemoveWord).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Lists the blacklist, the latest first, 50 to a page.</summary>
    /// <param name="kind">Only of this kind.</param>
    /// <param name="after">The cursor that the page before gave as <c>next</c>.</param>
    /// <param name="list">The list.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Blacklist(string? kind, string? after, ListBlacklist list, Setting setting, CancellationToken ct)
    {
        if (!Cursor.TryRead<Guid?>(after, out var last))
        {
            return Cursor.Bad;
        }

        BlacklistKind? wanted = Enum.GetValues<BlacklistKind>().Where(k => WireName.Of(k) == kind).Select(k => (BlacklistKind?)k).FirstOrDefault();
        if (kind is not null && wanted is null)
        {
            return Problem.BadParameter(new FieldError("kind", "unknown_value"));
        }

        var page = await list.Page(wanted, last, ct);
        return TypedResults.Ok(new Page<BlacklistView>(
            [.. page.Rows.Select(e => new BlacklistView(e.Id, e.Kind, e.Text, e.Reason, OwnerAnswer.Of(e.AuthorId, setting), e.CreatedAt, e.ExpiresAt))],
            page.Next is { } next ? Cursor.Write(next) : null));
    }

    /// <summary>Lists a phone, e-mail address, domain, company or network address.</summary>
    /// <param name="body">What.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> AddEntry(BlacklistBody body, SaveBlacklistEntry save, Viewer viewer, CancellationToken ct) => body.Kind is { } kind
        ? await save.Add(viewer.UserId, new BlacklistInput(kind, body.Value ?? "", body.Reason ?? "", body.ExpiresAt), ct)
            .Answer(id => Task.FromResult<IResult>(TypedResults.Created($"/api/v1/blacklist/{id}", new { id = Guid.Parse(id) })))
        : Problem.Invalid([new FieldError("kind", "required")]);

    /// <summary>Takes an entry off the blacklist.</summary>
    /// <param name="id">The entry.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> RemoveEntry(Guid id, SaveBlacklistEntry save, Viewer viewer, CancellationToken ct) => save.Remove(viewer.UserId, id, ct).Answer();

    /// <summary>Lists sensitive words in their order, 100 to a page.</summary>
    /// <param name="q">Part of the word.</param>
    /// <param name="allowed">The innocent ones instead.</param>
    /// <param name="after">The cursor that the page before gave as <c>next</c>.</param>
    /// <param name="list">The list.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Words(string? q, bool? allowed, string? after, ListSensitiveWords list, CancellationToken ct)
    {
        if (!Cursor.TryRead<string>(after, out var last))
        {
            return Cursor.Bad;
        }

        var page = await list.Page(q, allowed ?? false, last, ct);
        return TypedResults.Ok(new Page<WordView>([.. page.Words.Select(w => new WordView(w.Word, w.Allowed))], page.Next is null ? null : Cursor.Write(page.Next)));
    }

    /// <summary>Lists sensitive words, or innocent ones that contain one.</summary>
    /// <param name="body">The words.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> AddWords(WordsBody body, SaveSensitiveWord save, Viewer viewer, CancellationToken ct) =>
        save.Add(viewer.UserId, (body.Words ?? []).OfType<string>(), body.Allowed, ct)
            .Answer(changed => Task.FromResult<IResult>(TypedResults.Created("/api/v1/sensitive-words", new WordsChanged(int.Parse(changed, System.Globalization.CultureInfo.InvariantCulture)))));

    /// <summary>Takes a word off the list.</summary>
    /// <param name="word">The word.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> RemoveWord(string word, SaveSensitiveWord save, Viewer viewer, CancellationToken ct) => save.Remove(viewer.UserId, word, ct).Answer();
}

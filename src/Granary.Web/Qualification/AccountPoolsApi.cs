using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Qualification.Pools;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Web.Hosting;
using Granary.Web.People;

namespace Granary.Web.Qualification;

/// <summary>Giving an account to a pool.</summary>
/// <param name="Pool">The pool's key; the one that takes what is returned when left out.</param>
/// <param name="Reason">Why, 1 to 500 characters.</param>
public sealed record AccountReturnBody(string? Pool = null, string? Reason = null);

/// <summary>Accounts in pools (§9, §12).</summary>
public static class AccountPoolsApi
{
    internal static void MapAccountPools(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/pooled-accounts", List).WithTags("Accounts").Require(Permission.ManageAccounts).Produces<Page<PooledAccount>>();
        var one = app.MapGroup("/api/v1/accounts/{id:guid}").WithTags("Accounts").Require(Permission.ManageAccounts).Idempotent();
        one.MapPost("/claim", Claim).Produces<AccountView>(StatusCodes.Status201Created);
        one.MapPost("/return", Return).Produces<AccountView>(StatusCodes.Status201Created);
    }

    /// <summary>Lists the accounts in the caller's pools, the latest first; what a pool hides, and contact data, is left out.</summary>
    /// <param name="page">Which page.</param>
    /// <param name="pool">Of one pool.</param>
    /// <param name="pooled">Accounts in pools.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List([AsParameters] PageQuery page, Guid? pool, PooledAccounts pooled, Viewer viewer, CancellationToken ct)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        if (!Cursor.TryRead<Guid?>(page.After, out var after))
        {
            return Cursor.Bad;
        }

        var (items, next) = await pooled.Read(viewer, pool, after, page.Size, ct);
        return TypedResults.Ok(new Page<PooledAccount>(items, next is { } last ? Cursor.Write(last) : null));
    }

    /// <summary>
    /// Claims an account from a pool, by the pool's rules: already_owned, not_in_pool, not_a_member (403), not_claimable, inactive_user, cooling_down, claim_cap_reached,
    /// holding_cap_reached.
    /// </summary>
    public static async Task<IResult> Claim(Guid id, MoveAccount move, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        Answer(await move.Claim(viewer, id, AccountAnswers.Seen(http), ct), setting, http);

    /// <summary>Gives an account to a pool; its leads and opportunities stay with whoever has them.</summary>
    public static async Task<IResult> Return(Guid id, AccountReturnBody body, MoveAccount move, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        Answer(await move.Return(viewer, id, body.Pool, body.Reason, AccountAnswers.Seen(http), ct), setting, http);

    private static IResult Answer(AccountResult<Account> result, Setting setting, HttpContext http) => result switch
    {
        AccountResult<Account>.Done(var account) => TypedResults.Created($"/api/v1/accounts/{account.Id}", AccountView.Of(account, setting)),
        AccountResult<Account>.Refused("not_a_member") => new Problem("not_a_member", StatusCodes.Status403Forbidden),
        _ => result.Problem(http)!,
    };
}

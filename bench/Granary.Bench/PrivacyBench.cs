using System.Diagnostics;
using System.Globalization;
using Granary.Application.Capture;
using Granary.Application.Desk;
using Granary.Application.Intake;
using Granary.Application.Matching;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Domain.Matching;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Bench;

/// <summary>
/// What privacy costs, on and off in one run: the lead list with scope, encryption and masks against the same query without
/// scope over plain numbers in a table of their own; and the vault's share of intake.
/// </summary>
internal static class PrivacyBench
{
    private const int Batch = 1000, Rounds = 200, Warming = 50, IntakeRounds = 20;

    public static async Task<int> Run(string[] args)
    {
        var leads = args.Select(a => int.TryParse(a, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0).FirstOrDefault(n => n > 0, 100_000);
        foreach (var postgres in new[] { true, false }.Where(p => !args.Contains(p ? "sqlite" : "postgres")))
        {
            await using var organisation = await Organisation.Open(postgres);
            var name = postgres ? "PostgreSQL" : "SQLite";
            await Intake(organisation, name, leads);
            await List(organisation, name, leads);
        }

        return 0;
    }

    // Nothing in the product seals to plain bytes, so the vault's share is timed by itself, with what intake asks of it for the same leads.
    private static async Task Intake(Organisation organisation, string name, int count)
    {
        var sample = new SampleLeads(17);
        List<double> ratios = [], product = [], vault = [];
        for (var round = 0; round < Math.Max(IntakeRounds, count / Batch); round++)
        {
            var batch = Enumerable.Range(0, Batch).Select(i => new IntakeRequest { Submission = sample.Lead(((long)round * Batch) + i) }).ToList();
            var whole = await Time(() => organisation.Intake.SubmitMany(batch));
            var read = batch.ConvertAll(Read);
            var share = await Time(() =>
            {
                Seal(organisation.Vault, read);
                return Task.CompletedTask;
            });
            // The last rounds count: by then everything is compiled, and the tables have grown.
            if (round >= Math.Max(IntakeRounds, count / Batch) - IntakeRounds)
            {
                ratios.Add(whole / (whole - share));
                product.Add(whole);
                vault.Add(share);
            }
        }

        Console.WriteLine($"{name}: intake with encryption and blind indexes {Median(ratios):0.000} × without (a lead {Median(product) * 1e6 / Batch:0} µs, of it the vault {Median(vault) * 1e6 / Batch:0.0} µs)");
    }

    private static void Seal(Vault vault, List<Reached> batch)
    {
        foreach (var (phones, emails, company) in batch)
        {
            foreach (var phone in phones)
            {
                vault.Key(phone);
                vault.Seal(phone.E164);
            }

            foreach (var email in emails)
            {
                vault.Key(email);
                vault.Seal(email.Value);
            }

            _ = company is null ? 0 : vault.Sought(company, CompanyAliases.None).Count();
        }
    }

    // Reading numbers and names is intake's own work, with or without a vault.
    private static Reached Read(IntakeRequest request) => new(
        [.. request.Submission.Contact!.Phones.Select(text => PhoneNumber.TryParse(text, out var phone, out _) ? phone : default).Where(p => p.E164 is not null)],
        [.. request.Submission.Contact.Emails.Select(text => EmailAddress.TryParse(text, out var email, out _) ? email : default).Where(e => e.Value is not null)],
        CompanyName.Parse(request.Submission.Company?.Name));

    private static async Task List(Organisation organisation, string name, int count)
    {
        await PlainPhones(organisation);
        var setting = await organisation.Settings.Get();
        var owner = setting.People.Values.First().Id;
        var viewer = setting.ViewerOf(owner)!;
        var list = new LeadList(organisation.Store, organisation.Vault, organisation.Settings);
        var filter = LeadFilter.All with { Owners = [owner], Statuses = [LeadStatus.Pending] };
        List<double> ratios = [], offs = [];
        for (var round = 0; round < Rounds; round++)
        {
            // They take turns in going first, so that neither always finds the other's pages warm.
            var (on, off) = round % 2 == 0
                ? (await Time(() => list.Read(viewer, filter)), await Time(() => Off(organisation, owner)))
                : await Turned(list, viewer, filter, organisation, owner);
            if (round >= Warming)
            {
                ratios.Add(on / off);
                offs.Add(off);
            }
        }

        Console.WriteLine($"{name}: lead list, first page by owner and status, {count:N0} stored, in a representative's scope {Median(ratios):0.00} × without scope, encryption and masks ({Median(offs) * 1000:0.00} ms)");
    }

    private static async Task<(double On, double Off)> Turned(LeadList list, Viewer viewer, LeadFilter filter, Organisation organisation, Guid owner)
    {
        var off = await Time(() => Off(organisation, owner));
        return (await Time(() => list.Read(viewer, filter)), off);
    }

    // What the list would be without privacy: the same columns, the same order, the same two steps on SQLite.
    private static async Task<IReadOnlyList<PlainRow>> Off(Organisation organisation, Guid owner)
    {
        await using var db = organisation.Store.Open();
        Guid[] owners = [owner];
        LeadStatus[] statuses = [LeadStatus.Pending];
        var rows = db.Set<Lead>().Where(l => l.OwnerId != null && owners.Contains(l.OwnerId.Value) && statuses.Contains(l.Status))
            .OrderByDescending(l => l.ReceivedAt).ThenByDescending(l => l.Id).Take(LeadList.PageSize + 1)
            .Select(l => new PlainRow
            {
                Id = l.Id,
                Company = l.CompanyName,
                Contact = l.ContactName,
                Title = l.Title,
                Status = l.Status,
                OwnerId = l.OwnerId,
                PoolId = l.PoolId,
                TrayUserId = l.TrayUserId,
                ChannelId = l.ChannelId,
                Campaign = l.Campaign,
                Industry = l.Industry,
                Region = l.Region,
                Score = l.Score,
                Priority = l.Priority,
                Cell = l.Cell,
                Findings = l.Findings,
                ReceivedAt = l.ReceivedAt,
                ChangedAt = l.ChangedAt,
            });
        var phones = db.Database.SqlQuery<PlainPhone>($"SELECT lead_id AS \"LeadId\", ordinal AS \"Ordinal\", kind AS \"Kind\", phone AS \"Phone\" FROM bench_phone").Where(p => p.Kind == 1);
        if (!db.IsSqlite)
        {
            var read = await rows.Select(r => new { Row = r, Phone = phones.Where(p => p.LeadId == r.Id).OrderBy(p => p.Ordinal).Select(p => p.Phone).FirstOrDefault() }).ToListAsync();
            return read.ConvertAll(r => r.Row.With(r.Phone));
        }

        await db.Database.OpenConnectionAsync();
        var page = await rows.ToListAsync();
        var ids = page.ConvertAll(r => r.Id);
        var found = (await phones.Where(p => ids.Contains(p.LeadId)).ToListAsync()).GroupBy(p => p.LeadId).ToDictionary(g => g.Key, g => g.MinBy(p => p.Ordinal)!.Phone);
        return page.ConvertAll(r => r.With(found.GetValueOrDefault(r.Id)));
    }

    // A side table with the numbers in the clear; it ends with the bench's own database.
    private static async Task PlainPhones(Organisation organisation)
    {
        List<(ContactPoint Point, string Text)> points;
        await using (var db = organisation.Store.Open())
        {
            points = (await db.Set<ContactPoint>().AsNoTracking().ToListAsync()).ConvertAll(p => (p, organisation.Vault.Open(p.Value)));
        }

        await organisation.Store.Write(async scope =>
        {
            var id = scope.Store.IsSqlite ? "BLOB" : "uuid";
#pragma warning disable EF1002 // Nothing that was typed: the type of a column and the places of parameters.
            await scope.Db.Database.ExecuteSqlRawAsync($"CREATE TABLE bench_phone (lead_id {id} NOT NULL, ordinal integer NOT NULL, kind integer NOT NULL, phone text NOT NULL); CREATE INDEX ix_bench_phone ON bench_phone (lead_id)");
            foreach (var chunk in points.Chunk(100))
            {
                var values = string.Join(", ", chunk.Select((_, i) => $"({{{4 * i}}}, {{{(4 * i) + 1}}}, {{{(4 * i) + 2}}}, {{{(4 * i) + 3}}})"));
                object[] parameters = [.. chunk.SelectMany(c => new object[] { scope.Store.IsSqlite ? c.Point.LeadId.ToByteArray(true) : c.Point.LeadId, c.Point.Ordinal, (int)c.Point.Kind, c.Text })];
                await scope.Db.Database.ExecuteSqlRawAsync($"INSERT INTO bench_phone VALUES {values}", parameters);
            }
#pragma warning restore EF1002
        });
        await using var again = organisation.Store.Open();
        await again.Database.ExecuteSqlRawAsync(organisation.Store.IsSqlite ? "SELECT 1" : "VACUUM ANALYZE");
    }

    private static async Task<double> Time(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private sealed record Reached(IReadOnlyList<PhoneNumber> Phones, IReadOnlyList<EmailAddress> Emails, CompanyName? Company);

    private sealed class PlainPhone
    {
        public Guid LeadId { get; set; }

        public int Ordinal { get; set; }

        public int Kind { get; set; }

        public string Phone { get; set; } = "";
    }

    private sealed record PlainRow
    {
        public Guid Id { get; init; }

        public string? Company { get; init; }

        public string? Contact { get; init; }

        public string? Title { get; init; }

        public LeadStatus Status { get; init; }

        public Guid? OwnerId { get; init; }

        public Guid? PoolId { get; init; }

        public Guid? TrayUserId { get; init; }

        public Guid ChannelId { get; init; }

        public string? Campaign { get; init; }

        public string? Industry { get; init; }

        public string? Region { get; init; }

        public int Score { get; init; }

        public int Priority { get; init; }

        public string? Cell { get; init; }

        public int Findings { get; init; }

        public DateTimeOffset ReceivedAt { get; init; }

        public DateTimeOffset ChangedAt { get; init; }

        public string? Phone { get; init; }

        public PlainRow With(string? phone) => this with { Phone = phone };
    }
}

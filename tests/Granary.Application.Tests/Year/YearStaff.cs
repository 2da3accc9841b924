using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Domain.Assignment;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Testing;

namespace Granary.Application.Tests.Year;

/// <summary>The people of a simulated year: hired through the product, members of pools, some of them leaving.</summary>
internal sealed class YearStaff(Shop shop, FakeClock clock, YearPlan plan, Random random)
{
    private static readonly string[][] Regions = [["上海", "江苏", "浙江", "安徽"], ["广东", "福建"], ["北京", "天津", "山东"], []];
    private static readonly string[] Public = [PoolKeys.Nurture, PoolKeys.Active, PoolKeys.General, PoolKeys.Company];

    private readonly List<Guid> _departments = [];
    private readonly Dictionary<Guid, UserInput> _inputs = [];
    private int _hired;

    public Guid Administrator { get; private set; }

    /// <summary>The lead administrator, who may do everything with leads.</summary>
    public Guid Leads { get; private set; }

    public Guid Director { get; private set; }

    public List<Guid> Sellers { get; } = [];

    public List<Guid> Cleaners { get; } = [];

    /// <summary>Hires everybody and makes them members of their pools.</summary>
    public async Task Open()
    {
        for (var i = 0; i < Regions.Length; i++)
        {
            _departments.Add(Done(await new SaveDepartment(shop.Settings, clock).Create(Guid.Empty, new DepartmentInput($"{i + 1} 区", null), Shop.Ct)));
        }

        Administrator = await Hire(BuiltInRoles.Administrator);
        Leads = await Hire(BuiltInRoles.LeadAdministrator);
        Director = await Hire(BuiltInRoles.SalesDirector);
        while (Sellers.Count < plan.Sellers)
        {
            Sellers.Add(await Hire(BuiltInRoles.SalesRepresentative));
        }

        while (Cleaners.Count < plan.Cleaners)
        {
            Cleaners.Add(await Hire(BuiltInRoles.Sdr));
        }

        await Join();
    }

    /// <summary>Somebody of the sales, or an SDR.</summary>
    public Guid Anybody() => random.Next(6) == 0 ? Cleaners[random.Next(Cleaners.Count)] : Sellers[random.Next(Sellers.Count)];

    /// <summary>A representative leaves and somebody comes for them.</summary>
    public async Task Leave(Guid who, Successor successor)
    {
        var (_, result) = await new DepartUser(shop.Store, shop.Settings, shop.Vault, clock).Depart(Administrator, who, successor, Shop.Ct);
        Assert.IsType<PeopleResult.Done>(result);
        if (who == Director)
        {
            Director = successor.To!.Value;
            return;
        }

        (Sellers.Contains(who) ? Sellers : Cleaners)[(Sellers.Contains(who) ? Sellers : Cleaners).IndexOf(who)] = await Hire(Sellers.Contains(who) ? BuiltInRoles.SalesRepresentative : BuiltInRoles.Sdr);
        await Join();
    }

    /// <summary>Another director, who will take over.</summary>
    public Task<Guid> SecondDirector() => Hire(BuiltInRoles.SalesDirector);

    /// <summary>Changes what an administrator says of somebody: away or back, on leave, other caps.</summary>
    public async Task Change(Guid who, Func<UserInput, UserInput> change) =>
        Done(await new SaveUser(shop.Settings, clock).Change(Administrator, who, null, _inputs[who] = change(_inputs[who]), null, Shop.Ct));

    /// <summary>An account with an owner who is there, whose people will come in as leads.</summary>
    public async Task<string> Account(string name)
    {
        Guid[] present = [.. Sellers.Where(who => _inputs[who].Status == PersonStatus.Active)];
        var (id, errors) = await new SaveAccount(shop.Store, shop.Vault, shop.Settings, clock)
            .Create(await shop.As(Leads), new AccountInput(name, null, present[random.Next(present.Length)], []), Shop.Ct);
        Assert.True(id is not null, string.Join(", ", errors));
        return name;
    }

    private async Task<Guid> Hire(string role)
    {
        clock.Advance(TimeSpan.FromMilliseconds(10));
        var number = ++_hired;
        var profile = new AssignmentProfile
        {
            Regions = role == BuiltInRoles.SalesRepresentative ? Regions[number % Regions.Length] : [],
            Seniority = number % 3 == 0 ? Seniority.Senior : Seniority.Regular,
            Weight = 1 + (number % 3),
            DailyIntakeCap = role == BuiltInRoles.Sdr ? 30 : 12,
            HoldingCap = 200,
            Sizes = number % 7 == 0 ? [CompanySize.Small, CompanySize.Medium] : [],
        };
        var input = new UserInput { Name = $"员工 {number}", Email = $"person{number}@example.com", Roles = [role], DepartmentId = _departments[number % _departments.Count], Profile = profile };
        var id = Done(await new SaveUser(shop.Settings, clock).Create(Administrator, input, "granary-year-2026", Shop.Ct));
        _inputs[id] = input;
        return id;
    }

    private async Task Join()
    {
        foreach (var key in Public)
        {
            await Staff(key, [.. Sellers, Director, .. key == PoolKeys.Nurture ? Cleaners : []]);
        }

        await Staff(PoolKeys.Sdr, [.. Cleaners, Director]);
    }

    /// <summary>Makes these the members of a pool; the director manages it.</summary>
    public Task Staff(string key, Guid[] members) => shop.Staff(key, members, Director);

    private static Guid Done(PeopleResult result) => Assert.IsType<PeopleResult.Done>(result).Id;
}

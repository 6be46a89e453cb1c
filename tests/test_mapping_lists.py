"""Lists as registers, archives, forms and data sets have them: which column means what. Rows are invented."""

from __future__ import annotations

import pytest

from tests.proposed import columns_of, proposed

TABLES = {
    "a list with semicolons and decimal commas": (
        ";",
        """Titel;Datum;Breite;Länge;Tote
        Streik;01.03.2022;52,5200;13,4050;
        Demo;02.03.2022;48,1371;11,5754;2""",
        {"title": "Titel", "date_start": "Datum", "lat": "Breite", "lon": "Länge", "deaths": "Tote"},
    ),
    "a German register with hours beside its days": (
        ";",
        """Datum;Von;Bis;Thema;Strasse;Nr;PLZ;Aufzugsstrecke;Teilnehmende (angemeldet)
        01.07.2020;11:00;14:00;Mahnwache am Morgen;Lindenweg;4;10115;;100
        02.07.2020;12:00;13:00;Gegen hohe Mieten;Marktstr.;;13597;;20""",
        {"date_start": "Datum", "title": "Thema", "place": "Strasse"},
    ),
    "a German register of first and last days": (
        ";",
        """Beginn;Ende;Ort;Versammlungsthema
        2019-01-04;2019-01-05;Marktplatz;Klimaschutz jetzt
        2019-02-04;2019-02-04;Domhof;Frieden""",
        {"date_start": "Beginn", "date_end": "Ende", "place": "Ort", "title": "Versammlungsthema"},
    ),
    "a first and a last day by names that are alike": (
        ",",
        """realend,realstart,Activity
        1/20/1967,1/17/1967,Sit-in at the hall
        5/5/1970,5/5/1970,March to the square""",
        {"date_start": "realstart", "date_end": "realend", "title": "Activity"},
    ),
    "a first and a last time where no other column has a day": (
        ",",
        """name,start_time,end_time,max_wind
        Storm A,2020-08-01T06:00,2020-08-05T12:00,85
        Storm B,2020-09-03T00:00,2020-09-09T18:00,100""",
        {"title": "name", "date_start": "start_time", "date_end": "end_time"},
    ),
    "a German register with the day of its notice": (
        ",",
        """Nr.,Anmeldedat.,Art,Thema,"Wochen-
tag",Datum,Zeit,"Ort, Aufzugsweg",TN-Zahl
        1,2020-01-02,K,Gegen den Lärm,Mo,2020-02-03,09:00-13:00,ZOO,100
        2,2020-01-09,A,Für den Park,Di,2020-02-04,10:00-15:00,Mühlweg 3,50""",
        {"event_type": "Art", "title": "Thema", "date_start": "Datum", "place": "Ort, Aufzugsweg"},
    ),
    "a German register of who asked for what": (
        ";",
        """Lfd. Nr;PE;Versammlungsanmelder;Thema;Ort der Versammlung / Aufzugsstrecke;Datum der Versammlung;Uhrzeit
        1;2015-06-18;Bund A;Rente für alle;Anger, Ring, Anger;2016-05-01;11:00 – 20:00 Uhr
        2;2015-07-18;Bund B;Lohn für alle;Domplatz;2016-05-02;16:00 – 22:00 Uhr""",
        {
            "actors": "Versammlungsanmelder",
            "title": "Thema",
            "place": "Ort der Versammlung / Aufzugsstrecke",
            "date_start": "Datum der Versammlung",
        },
    ),
    "squares in towns": (
        ";",
        """Datum;Ort;Stadt;Bundesland;Anlass;Verletzte
        01.03.2022;Rathausplatz;Hamburg;Hamburg;Kundgebung der Werft;2
        02.03.2022;Domplatte;Köln;NRW;Marsch gegen den Krieg;3""",
        {
            "date_start": "Datum",
            "place": ["Ort", "Stadt"],
            "admin1": "Bundesland",
            "title": "Anlass",
            "injured": "Verletzte",
        },
    ),
    "an American list of protests by tags": (
        ",",
        """Date,Location,Attendees,Event (legacy; see tags),Tags,Curated,Source,Total Articles
        2017-01-15,"Hammond, IN",1500,Healthcare,Healthcare; For the act,Yes,http://a.example/x,1
        2017-01-16,"Johnson City, TN",300,Civil Rights,Civil Rights; For justice,Yes,http://b.example/y,4""",
        {
            "date_start": "Date",
            "place": "Location",
            "title": "Event (legacy; see tags)",
            "event_type": "Tags",
            "source": "Source",
        },
    ),
    "an American list of crowds": (
        ",",
        """date,locality,state,location_detail,type,actors,claims,size_low,size_high,arrests,injuries_crowd,"""
        """injuries_police,source_1,source_2,source_10,misc,lat,lon
        2017-01-01,Chicago,IL,Federal Plaza,march,workers,for higher wages,10,20,0,0,0,http://a.example,,,,41.8,-87.6
        2017-01-02,Hammond,IN,,vigil,neighbors,against guns,100,,1,2,0,http://b.example,c,d,a note,41.58,-87.5""",
        {
            "date_start": "date",
            "place": ["location_detail", "locality"],
            "admin1": "state",
            "event_type": "type",
            "actors": "actors",
            "title": "claims",
            "detained": "arrests",
            "source": ["source_1", "source_2", "source_10"],
            "notes": "misc",
            "lat": "lat",
            "lon": "lon",
        },
    ),
    "a form with the questions as headings": (
        ",",
        """start,end,group_a/When did it happen?,group_a/Where did it happen?,group_a/What happened?,"""
        """group_b/How many people were killed?,_uuid,_submission_time
        2022-01-05T14:03:22Z,2022-01-05T14:10:02Z,2022-01-04,Almaty,Shots at a crowd,2,u-1,2022-01-05T08:11:00
        2022-01-06T14:03:22Z,2022-01-06T14:10:02Z,2022-01-05,Taraz,Shops were looted,,u-2,2022-01-06T08:11:00""",
        {
            "date_start": "group_a/When did it happen?",
            "place": "group_a/Where did it happen?",
            "title": "group_a/What happened?",
            "deaths": "group_b/How many people were killed?",
            "event_id": "_uuid",
        },
    ),
    "a form with a point": (
        ",",
        """start,end,Date of incident,Type of incident,Location of the incident,"""
        """_Location of the incident_latitude,_Location of the incident_longitude,"""
        """_Location of the incident_altitude,_Location of the incident_precision,"""
        """Number killed,Number injured,_id,_uuid,_submission_time,_index
        2022-01-05T14:03:22+06:00,2022-01-05T14:10:02+06:00,2022-01-05,Protest,43.238 76.945 0 0,43.238,76.945,0,0,2,"""
        """14,1001,u1,2022-01-05T08:11:00,1
        2022-01-06T09:00:22+06:00,2022-01-06T09:10:02+06:00,2022-01-06,Clash,42.9 71.36 0 0,42.9,71.36,0,0,,3,1002,"""
        """u2,2022-01-06T03:11:00,2""",
        {
            "date_start": "Date of incident",
            "event_type": "Type of incident",
            "lat": "_Location of the incident_latitude",
            "lon": "_Location of the incident_longitude",
            "deaths": "Number killed",
            "injured": "Number injured",
            "event_id": "_id",
        },
    ),
    "answers to an online form": (
        ",",
        """Timestamp,Name of Village,District,Number of Deaths,Comments
        1/5/2022 14:03:22,Kibati,Nyiragongo,3,Houses were burnt
        1/16/2022 09:03:22,Goma,Goma,,Shots at the market""",
        {
            "date_start": "Timestamp",
            "place": "Name of Village",
            "admin2": "District",
            "deaths": "Number of Deaths",
            "notes": "Comments",
        },
    ),
    "a list of incidents with sources": (
        ",",
        """id,description,date,time,location,latitude,longitude,type,sources,association1
        1,A man was shot near the bridge,12/30/2019,14:00,Baghdad,33.31,44.36,shooting,src1,Protest
        2,Tear gas was used at the square,01/02/2020,,Basra,30.5,47.8,gas,src2,Protest""",
        {
            "event_id": "id",
            "notes": "description",
            "date_start": "date",
            "place": "location",
            "lat": "latitude",
            "lon": "longitude",
            "event_type": "type",
            "source": "sources",
        },
    ),
    "an archive of footage": (
        ",",
        """slug,description,status,geolocation,date
        A-1,A missile hits a building,Completed,"50.45, 30.52",2022-03-01
        A-2,Tanks on the road,In progress,"49.99, 36.23",2022-03-02""",
        {"event_id": "slug", "notes": "description", "point": "geolocation", "date_start": "date"},
    ),
    "a list with the day in three columns": (
        ",",
        """eventid,iyear,imonth,iday,approxdate,country_txt,provstate,city,latitude,longitude,attacktype1_txt,gname,"""
        """nkill,nwound,summary
        197001,1970,7,2,,Dominican Republic,,Santo Domingo,18.456792,-69.951164,Assassination,M-D,1,0,
        197002,1970,0,0,,Mexico,Federal,Mexico city,19.371887,-99.086624,Hostage Taking,23rd,0,-9,""",
        {
            "event_id": "eventid",
            "date_parts": ["iyear", "imonth", "iday"],
            "country": "country_txt",
            "admin1": "provstate",
            "place": "city",
            "lat": "latitude",
            "lon": "longitude",
            "event_type": "attacktype1_txt",
            "actors": "gname",
            "deaths": "nkill",
            "injured": "nwound",
            "notes": "summary",
        },
    ),
    "news mentions": (
        ",",
        """GLOBALEVENTID,SQLDATE,Actor1Name,EventRootCode,ActionGeo_FullName,ActionGeo_Lat,ActionGeo_Long,SOURCEURL
        1,20220105,POLICE,14,"Almaty, Almaty, Kazakhstan",43.25,76.95,"http://x.example/a,b"
        2,20220106,ARMY,19,Kazakhstan,48,68,http://x.example/c""",
        {
            "event_id": "GLOBALEVENTID",
            "date_start": "SQLDATE",
            "actors": "Actor1Name",
            "event_type": "EventRootCode",
            "place": "ActionGeo_FullName",
            "lat": "ActionGeo_Lat",
            "lon": "ActionGeo_Long",
            "source": "SOURCEURL",
        },
    ),
    "an old export in capitals": (
        ",",
        """EVENT_ID_CNTY,EVENT_DATE,YEAR,EVENT_TYPE,ACTOR1,ACTOR2,COUNTRY,ADMIN1,LOCATION,LATITUDE,LONGITUDE,NOTES,FATALITIES
        1ALG,18/04/2001,2001,Battles,Police,Rebels,Algeria,Tizi Ouzou,Beni-Douala,36.61954,4.08282,A fight,1
        2ALG,03/05/2001,2001,Riots,Police,Rioters,Algeria,Bouira,Bouira,36.38,3.9,A riot,0""",
        {
            "event_id": "EVENT_ID_CNTY",
            "date_start": "EVENT_DATE",
            "event_type": "EVENT_TYPE",
            "actors": ["ACTOR1", "ACTOR2"],
            "country": "COUNTRY",
            "admin1": "ADMIN1",
            "place": "LOCATION",
            "lat": "LATITUDE",
            "lon": "LONGITUDE",
            "notes": "NOTES",
            "deaths": "FATALITIES",
        },
    ),
    "ranges of figures": (
        ";",
        """Incident date;Location;Latitude;Longitude;Deaths (min);Deaths (max);Wounded low;Wounded high;Attacker
        2016-01-05;Mosul;36.34;43.13;3;5;2;4;Coalition
        2016-01-06;Raqqa;35.95;39.01;1;1;0;2;Air force""",
        {
            "date_start": "Incident date",
            "place": "Location",
            "lat": "Latitude",
            "lon": "Longitude",
            "deaths_low": "Deaths (min)",
            "deaths_high": "Deaths (max)",
            "injured_low": "Wounded low",
            "injured_high": "Wounded high",
            "actors": "Attacker",
        },
    ),
    "best, low and high": (
        ",",
        """id,side_a,side_b,where_coordinates,latitude,longitude,country,region,date_start,date_end,deaths_a,deaths_b,best,high,low
        1,Government,Rebels,Nyala town,12.05,24.88,Sudan,Africa,2021-03-01,2021-03-02,5,7,12,15,10
        2,Government,Rebels,Zalingei town,12.9,23.47,Sudan,Africa,2021-03-04,2021-03-07,1,2,3,3,3""",
        {
            "event_id": "id",
            "actors": ["side_a", "side_b"],
            "place": "where_coordinates",
            "lat": "latitude",
            "lon": "longitude",
            "country": "country",
            "date_start": "date_start",
            "date_end": "date_end",
            "deaths": "best",
            "deaths_high": "high",
            "deaths_low": "low",
        },
    ),
    "x and y": (
        ",",
        """name,y,x,when
        Bridge shelled,50.4501,30.5234,2022-03-01
        School hit,49.99,36.2304,2022-03-02""",
        {"title": "name", "lat": "y", "lon": "x", "date_start": "when"},
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_understood_as_it_is_without_a_question(name: str) -> None:
    mark, text, expected = TABLES[name]
    proposal = proposed(text, mark)
    assert columns_of(proposal) == expected
    assert proposal.questions == ()
    assert proposal.is_complete
